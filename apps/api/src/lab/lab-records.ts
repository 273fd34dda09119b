import type { MachineAccess } from '@fabomatic/machines';
import type { MachineRole, PortalAccess } from '@fabomatic/members';
import type { MachineSession } from '@fabomatic/uses';

/** What the API keeps in memory, so that a card is answered without asking the database. */
export interface LabData {
  /** Key: role id. */
  roles: Map<number, RoleRecord>;
  /** Key: member id. */
  members: Map<number, MemberRecord>;
  /** Key: card uid in its normal form; value: member id. Revoked cards are not in it. */
  cards: Map<string, number>;
  /** Key: machine type id. */
  types: Map<number, MachineTypeRecord>;
  /** Key: machine id. */
  machines: Map<number, MachineRecord>;
}

export interface RoleRecord extends MachineRole {
  id: number;
  name: string;
  portalAccess: PortalAccess;
}

export interface MemberRecord {
  id: number;
  firstName: string;
  lastName: string;
  role: RoleRecord;
  disabled: boolean;
  deleted: boolean;
}

export interface MachineTypeRecord {
  id: number;
  name: string;
  timeoutMin: number;
  graceMin: number;
  access: MachineAccess;
}

/** A maintenance plan with its counter: seconds of use since the last intervention. */
export interface PlanRecord {
  id: number;
  description: string;
  lcdMessage: string;
  instructionsUrl: string | null;
  intervalS: number;
  elapsedS: number;
  lastDoneAtS: number | null;
  version: number;
}

/** What the board of a machine logs in to the broker with. */
export interface BoardAccountRecord {
  /** As Mosquitto writes it. */
  passwordHash: string;
  /** Where the board switches the machine by a switch on the network; null: it has none. */
  switchTopic: string | null;
  /** Once its board has used it, nobody may speak for the machine without it. */
  isUsed: boolean;
}

export interface MachineRecord {
  id: number;
  name: string;
  type: MachineTypeRecord | null;
  hoursS: number;
  blocked: boolean;
  blockedReason: string | null;
  blockedBy: number | null;
  blockedAtS: number | null;
  lastSeenAtS: number | null;
  /** Members who may use it. */
  authorized: Set<number>;
  plans: PlanRecord[];
  /** null: its board has no account of its own. */
  account: BoardAccountRecord | null;
  session: MachineSession;
  version: number;
}
