import { AppError } from '@fabomatic/kernel';
import { isOnline, type MachineCommandKind } from '@fabomatic/machines';
import { duePlans } from '@fabomatic/maintenance';
import { LEVEL_MEMBER } from '@fabomatic/members';
import type { LabService, MachineRecord } from '../lab/lab.service';

/** What a stop carries when whoever sends it has no card: boards do not look at it (F49). */
const NO_CARD = '00000000';

/** A command that may be sent. */
export interface Admitted {
  /** The card in the message. */
  readonly wireUid: string;
  /** The card whose start or stop proves it; null: the card of the use is not known. */
  readonly cardUid: string | null;
}

/**
 * May this member make the machine start or stop? Throws why not. Here is asked what the board would
 * refuse without a word: it answers no command.
 */
export function admitCommand(
  lab: LabService,
  machine: MachineRecord,
  memberId: number | null,
  kind: MachineCommandKind,
  nowS: number,
): Admitted {
  if (!isOnline(machine.lastSeenAtS, nowS)) throw new AppError('command.offline');
  const card = memberId === null ? null : lab.cardOf(memberId);
  if (kind === 'start') {
    const uid = admitStart(lab, machine, card);
    return { wireUid: uid, cardUid: uid };
  }
  const { open } = machine.session;
  if (open === null) throw new AppError('command.not_in_use');
  return { wireUid: card ?? open.cardUid ?? NO_CARD, cardUid: open.cardUid };
}

function admitStart(lab: LabService, machine: MachineRecord, card: string | null): string {
  const member = card === null ? undefined : lab.memberOfCard(card);
  if (card === null || member === undefined) throw new AppError('command.no_card');
  // The board would end that use first (F48).
  if (machine.session.open !== null) throw new AppError('command.in_use');
  // A board of a blocked machine refuses everybody, whatever the role (F28).
  if (machine.blocked) throw new AppError('command.blocked');
  const decision = lab.access(member, machine);
  if (!decision.allowed) throw new AppError('command.not_allowed');
  if (decision.level === LEVEL_MEMBER && duePlans(machine.plans).length > 0) {
    throw new AppError('command.maintenance_due');
  }
  return card;
}
