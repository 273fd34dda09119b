/** Seconds without a word of the board after which an open use is closed. */
export const SILENCE_S = 3600;

/** The longest duration that is believed when nothing else supports it: a day. */
export const MAX_BELIEVED_DURATION_S = 86_400;

/** What ended a use. Only `stop` is the member's own tap (or the board's automatic log-off). */
export const USE_CLOSED_BY = ['stop', 'silence', 'idle', 'superseded', 'manual', 'import'] as const;
export type UseClosedBy = (typeof USE_CLOSED_BY)[number];

/** Where a record of a use comes from. */
export const USE_SOURCES = ['board', 'manual', 'import'] as const;
export type UseSource = (typeof USE_SOURCES)[number];

/** A use as the rules see it. Times are epoch seconds; an open use has `endedAtS` null. */
export interface KnownUse {
  /** null until it is stored. */
  id: number | null;
  memberId: number | null;
  cardUid: string | null;
  startedAtS: number;
  lastSeenAtS: number;
  endedAtS: number | null;
  /** The board told its start or its end later than it happened. */
  replayed: boolean;
  /** Its start, its end or both are not known exactly. */
  estimated: boolean;
  /** false: the board let in somebody who was not authorised. */
  authorized: boolean;
  closedBy: UseClosedBy | null;
}

/** The stretch of time for which a closed use counts. */
export interface UseInterval {
  startedAtS: number;
  endedAtS: number;
}

/** The interval of a closed use; null while it is open. */
export function useInterval(use: KnownUse): UseInterval | null {
  return use.endedAtS === null ? null : { startedAtS: use.startedAtS, endedAtS: use.endedAtS };
}

/** Seconds that a use counts in machine hours: end minus start, 0 while it is open (null). */
export function useDurationS(interval: UseInterval | null): number {
  return interval === null ? 0 : interval.endedAtS - interval.startedAtS;
}

/**
 * Was this use ended by a conclusion, which the board's own word corrects when it comes? What a
 * person wrote down bears no card and is no conclusion.
 */
export function isConcluded({ closedBy, cardUid }: KnownUse): boolean {
  switch (closedBy) {
    case 'silence':
    case 'idle':
    case 'superseded':
      return true;
    case 'manual':
      return cardUid !== null;
    default:
      return false;
  }
}
