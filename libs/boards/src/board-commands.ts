import type { MachineCommandKind } from '@fabomatic/machines';
import type { BoardRequest } from './board-requests';

/** Published on `machine/<id>/request`, QoS 0, never retained (F38). */
export interface BoardCommand {
  request_type: MachineCommandKind;
  uid: string;
}

export function boardCommand(kind: MachineCommandKind, cardUid: string): BoardCommand {
  return { request_type: kind, uid: cardUid };
}

/** A command that waits for its outcome. */
export interface SentCommand {
  kind: MachineCommandKind;
  /** The card to be logged in, or the card of the use to be ended; null: that is not known. */
  cardUid: string | null;
}

/**
 * What a message says about a command; null: nothing. A start is proved by the use that follows (its
 * `startuse` can be lost, F41, and then `inuse` proves it), a stop by the end of that use. `ask-access`:
 * the board asks about the card now, and what it is told decides. Replays tell of the past.
 */
export function commandEvidence(
  command: SentCommand,
  request: BoardRequest,
): 'confirmed' | 'ask-access' | null {
  if (!('cardUid' in request)) return null;
  if (command.cardUid !== null && request.cardUid !== command.cardUid) return null;
  switch (request.action) {
    case 'checkuser':
      return command.kind === 'start' ? 'ask-access' : null;
    case 'startuse':
      return command.kind === 'start' && !request.replay ? 'confirmed' : null;
    case 'inuse':
      return command.kind === 'start' ? 'confirmed' : null;
    case 'stopuse':
      return command.kind === 'stop' && !request.replay ? 'confirmed' : null;
    default:
      return null;
  }
}
