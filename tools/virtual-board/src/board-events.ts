/** What can be seen of a board from outside. `query` is the text as published. */
export type BoardHappening =
  | { readonly kind: 'boot'; readonly clientId: string }
  | { readonly kind: 'power-cut' }
  | { readonly kind: 'connected' }
  | { readonly kind: 'connection-failed' }
  | { readonly kind: 'disconnected' }
  | {
      readonly kind: 'published';
      readonly topic: string;
      readonly payload: string;
      /** False: the socket was closed, nobody got it. */
      readonly isSent: boolean;
    }
  /** The board read a message; `oversize`: it broke the connection instead (F18). */
  | {
      readonly kind: 'read' | 'oversize';
      readonly topic: string;
      readonly payload: string;
      readonly packetBytes: number;
    }
  /** `answerMs`: from the publish to the arrival at the socket; below 0 for a stale answer (F33). */
  | { readonly kind: 'answered'; readonly query: string; readonly answerMs: number }
  /** No answer in time · not sent · the connection broke and came back: taken as failed (F19). */
  | { readonly kind: 'unanswered' | 'unsent' | 'broken'; readonly query: string }
  | { readonly kind: 'queued'; readonly query: string; readonly queueLength: number }
  | { readonly kind: 'flash-saved'; readonly queueLength: number }
  /** The reader saw a card. */
  | { readonly kind: 'card'; readonly uid: string }
  | {
      readonly kind: 'started';
      readonly uid: string;
      readonly name: string;
      readonly level: number;
    }
  | { readonly kind: 'stopped'; readonly uid: string; readonly durationS: number }
  /** Refused: unknown · machine blocked · maintenance due and the card is not staff's. */
  | { readonly kind: 'refused' | 'blocked' | 'maintenance'; readonly uid: string }
  /** Another card's use is in progress (F31). */
  | { readonly kind: 'occupied'; readonly uid: string }
  | { readonly kind: 'maintenance-asked'; readonly uid: string }
  | {
      readonly kind: 'maintenance-answered';
      readonly uid: string;
      readonly isRegistered: boolean;
    }
  | { readonly kind: 'command'; readonly requestType: string; readonly uid: string }
  /** The relay that feeds the machine. */
  | { readonly kind: 'power'; readonly state: 'on' | 'off' };

/** A happening with its time by the board's clock. */
export type BoardEvent = BoardHappening & { readonly machineId: number; readonly atMs: number };

export type BoardListener = (event: BoardEvent) => void;
