import type { MachineAccess } from '@fabomatic/machines';
import type { PortalAccess } from '@fabomatic/members';
import {
  emptySession,
  type KnownUse,
  type MachineSession,
  RECENT_USES,
  sessionFromHistory,
  type UseClosedBy,
} from '@fabomatic/uses';
import type { ReadDb } from '../database/db';
import type {
  LabData,
  MachineRecord,
  MachineTypeRecord,
  MemberRecord,
  PlanRecord,
  RoleRecord,
} from './lab-records';

interface MemberRow {
  id: number;
  first_name: string;
  last_name: string;
  role_id: number;
  disabled: boolean;
  deleted_at: number | null;
}

interface MachineRow {
  id: number;
  name: string;
  type_id: number | null;
  hours_s: number;
  blocked: boolean;
  blocked_reason: string | null;
  blocked_by: number | null;
  blocked_at: number | null;
  last_seen_at: number | null;
  version: number;
}

interface UseRow {
  id: number;
  member_id: number | null;
  card_uid: string | null;
  started_at: number;
  last_seen_at: number;
  ended_at: number | null;
  replayed: boolean;
  estimated: boolean;
  authorized: boolean;
  closed_by: string | null;
}

/** Reads everything but the uses; each machine's session is empty. */
export async function loadLab(db: ReadDb): Promise<LabData> {
  const roles = await loadRoles(db);
  const members = await loadMembers(db, roles);
  const types = await loadTypes(db);
  const machines = await loadMachines(db, types);
  return { roles, members, cards: await loadCards(db), types, machines };
}

async function loadRoles(db: ReadDb): Promise<Map<number, RoleRecord>> {
  const rows = await db.query<{
    id: number;
    name: string;
    authorize_all: boolean;
    maintenance: boolean;
    portal_access: string;
  }>('SELECT id, name, authorize_all, maintenance, portal_access FROM roles');
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        name: row.name,
        authorizeAll: row.authorize_all,
        maintenance: row.maintenance,
        portalAccess: row.portal_access as PortalAccess,
      },
    ]),
  );
}

async function loadMembers(
  db: ReadDb,
  roles: Map<number, RoleRecord>,
): Promise<Map<number, MemberRecord>> {
  const rows = await db.query<MemberRow>(
    'SELECT id, first_name, last_name, role_id, disabled, deleted_at FROM members',
  );
  const members = new Map<number, MemberRecord>();
  for (const row of rows) {
    const role = roles.get(row.role_id);
    // A foreign key forbids it; a member without a role could do nothing.
    if (!role) continue;
    members.set(row.id, {
      id: row.id,
      firstName: row.first_name,
      lastName: row.last_name,
      role,
      disabled: row.disabled,
      deleted: row.deleted_at !== null,
    });
  }
  return members;
}

async function loadCards(db: ReadDb): Promise<Map<string, number>> {
  const rows = await db.query<{ uid: string; member_id: number }>(
    'SELECT uid, member_id FROM cards WHERE revoked_at IS NULL ORDER BY id',
  );
  return new Map(rows.map((row) => [row.uid, row.member_id]));
}

async function loadTypes(db: ReadDb): Promise<Map<number, MachineTypeRecord>> {
  const rows = await db.query<{
    id: number;
    name: string;
    timeout_min: number;
    grace_min: number;
    access: string;
  }>('SELECT id, name, timeout_min, grace_min, access FROM machine_types');
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        name: row.name,
        timeoutMin: row.timeout_min,
        graceMin: row.grace_min,
        access: row.access as MachineAccess,
      },
    ]),
  );
}

async function loadMachines(
  db: ReadDb,
  types: Map<number, MachineTypeRecord>,
): Promise<Map<number, MachineRecord>> {
  const rows = await db.query<MachineRow>(
    `SELECT id, name, type_id, hours_s, blocked, blocked_reason, blocked_by, blocked_at, last_seen_at,
       version FROM machines ORDER BY id`,
  );
  const machines = new Map(rows.map((row) => [row.id, machineOf(row, types)]));
  const grants = await db.query<{ machine_id: number; member_id: number }>(
    'SELECT machine_id, member_id FROM authorizations',
  );
  for (const grant of grants) machines.get(grant.machine_id)?.authorized.add(grant.member_id);
  const plans = await db.query<{
    id: number;
    machine_id: number;
    description: string;
    lcd_message: string;
    instructions_url: string | null;
    interval_s: number;
    elapsed_s: number;
    last_done_at: number | null;
    version: number;
  }>(
    `SELECT id, machine_id, description, lcd_message, instructions_url, interval_s, elapsed_s,
       last_done_at, version FROM maintenance_plans ORDER BY id`,
  );
  for (const row of plans) {
    const plan: PlanRecord = {
      id: row.id,
      description: row.description,
      lcdMessage: row.lcd_message,
      instructionsUrl: row.instructions_url,
      intervalS: row.interval_s,
      elapsedS: row.elapsed_s,
      lastDoneAtS: row.last_done_at,
      version: row.version,
    };
    machines.get(row.machine_id)?.plans.push(plan);
  }
  await addAccounts(db, machines);
  return machines;
}

async function addAccounts(db: ReadDb, machines: Map<number, MachineRecord>): Promise<void> {
  const rows = await db.query<{
    machine_id: number;
    password_hash: string;
    switch_topic: string | null;
    first_used_at: number | null;
  }>('SELECT machine_id, password_hash, switch_topic, first_used_at FROM board_accounts');
  for (const row of rows) {
    const machine = machines.get(row.machine_id);
    if (machine === undefined) continue;
    machine.account = {
      passwordHash: row.password_hash,
      switchTopic: row.switch_topic,
      isUsed: row.first_used_at !== null,
    };
  }
}

function machineOf(row: MachineRow, types: Map<number, MachineTypeRecord>): MachineRecord {
  return {
    id: row.id,
    name: row.name,
    type: row.type_id === null ? null : (types.get(row.type_id) ?? null),
    hoursS: row.hours_s,
    blocked: row.blocked,
    blockedReason: row.blocked_reason,
    blockedBy: row.blocked_by,
    blockedAtS: row.blocked_at,
    lastSeenAtS: row.last_seen_at,
    authorized: new Set(),
    plans: [],
    account: null,
    session: emptySession,
    version: row.version,
  };
}

const USE_COLUMNS = `id, member_id, card_uid, started_at, last_seen_at, ended_at, replayed, estimated,
  authorized, closed_by`;

/** A machine's open use and its latest closed ones; the cost does not grow with its history. */
export async function loadSession(db: ReadDb, machine: MachineRecord): Promise<MachineSession> {
  const [openRow] = await db.query<UseRow>(
    `SELECT ${USE_COLUMNS} FROM uses WHERE machine_id = ? AND ended_at IS NULL ORDER BY id DESC LIMIT 1`,
    [machine.id],
  );
  const closedRows = await db.query<UseRow>(
    `SELECT ${USE_COLUMNS} FROM uses WHERE machine_id = ? AND ended_at IS NOT NULL
     ORDER BY started_at DESC LIMIT ${RECENT_USES}`,
    [machine.id],
  );
  const closed = closedRows.map(knownUse).sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
  return sessionFromHistory(openRow ? knownUse(openRow) : null, closed, machine.lastSeenAtS);
}

function knownUse(row: UseRow): KnownUse {
  return {
    id: row.id,
    memberId: row.member_id,
    cardUid: row.card_uid,
    startedAtS: row.started_at,
    lastSeenAtS: row.last_seen_at,
    endedAtS: row.ended_at,
    replayed: row.replayed,
    estimated: row.estimated,
    authorized: row.authorized,
    closedBy: row.closed_by as UseClosedBy | null,
  };
}
