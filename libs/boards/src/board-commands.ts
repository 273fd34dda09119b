/** What an admin can make a board do. `start` logs the card in, `stop` logs out whoever is (F48, F49). */
export const BOARD_COMMANDS = ['start', 'stop'] as const;
export type BoardCommandKind = (typeof BOARD_COMMANDS)[number];

/** Published on `machine/<id>/request`, QoS 0, never retained (F38). */
export interface BoardCommand {
  request_type: BoardCommandKind;
  uid: string;
}

export function boardCommand(kind: BoardCommandKind, cardUid: string): BoardCommand {
  return { request_type: kind, uid: cardUid };
}
