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
  /** The card in the message: a start logs it in. */
  cardUid: string;
}

/**
 * What a message says about a command; null: nothing. A start is proved by the use of its card (its
 * `startuse` can be lost, F41, and then `inuse` proves it). A stop ends whatever use the board has,
 * which need not be the one that we know of, so that any end proves it. `ask-access`: the board asks
 * about the card now, and what it is told decides. Replays tell of the past.
 */
export function commandEvidence(
  { kind, cardUid }: SentCommand,
  request: BoardRequest,
): 'confirmed' | 'ask-access' | null {
  if (kind === 'stop') {
    return request.action === 'stopuse' && !request.replay ? 'confirmed' : null;
  }
  if (!('cardUid' in request) || request.cardUid !== cardUid) return null;
  switch (request.action) {
    case 'checkuser':
      return 'ask-access';
    case 'startuse':
      return request.replay ? null : 'confirmed';
    case 'inuse':
      return 'confirmed';
    default:
      return null;
  }
}
