import type { BoardReply, ParsedBoardRequest } from '@fabomatic/boards';

/** The pattern under which the transport finds the controller; topic names come from settings. */
export const BOARD_MESSAGE = 'board-message';

/** One message of a board, as the transport hands it to the controller. */
export interface BoardMessage {
  machineId: number;
  parsed: ParsedBoardRequest;
  /** Leads from a line of the log to the others about the same message. */
  correlationId: string;
  /** Epoch seconds of its arrival from the socket. */
  receivedAtS: number;
}

/** What the controller answers; `reply` null: this message gets none. */
export interface BoardAnswer {
  reply: BoardReply | null;
  /** Called once the reply has left in time; never when it was dropped. */
  onSent?: () => void;
}
