/**
 * Which of a board's messages have been seen before. Boards put no number and no time on what they
 * say, so a repetition can only be told by where it stands in the sequence (facts F39 to F45):
 *
 * - A message that was not answered in time is said again with `replay:true`, before anything else:
 *   it repeats the newest entry of the log, and nothing came since but `alive`. That is a *stutter*.
 * - A board that loses its power within two minutes of sending its queue sends the whole queue
 *   again after the boot (F40d): the entries of the log come once more, in order. That is a
 *   *rewind*. Until its queue is empty the board says nothing but `alive` and replays.
 *
 * A queue is sent in order, so within one connection a replay repeats nothing that stands before
 * what the last one repeated, and only what was in a queue can come again out of the flash.
 *
 * Where this errs, because the wire is the same in both cases. The one record that is made is marked
 * as estimated then, since nobody can know (`saidAgain`):
 * - A second outage that begins within {@link FLASH_WINDOW_S} of the first one's replays, in which
 *   the same card ran the same machine for the same number of whole seconds, is taken for a rewind
 *   and recorded once. So may the start be that comes next in that queue.
 * - A power cut in a use whose start was replayed, and a start of that card in an outage right after
 *   it: the start may be taken for the old one, and the stop after it for the end of the old use.
 * - Two starts of one card in one queue (a power cut between them) are one start said twice (F40c).
 */

/** A board saves its queue every 120 s; a save can be held up by what the board is doing. */
export const FLASH_WINDOW_S = 150;

/** How many entries are kept for each machine: twice a board's queue (40 messages). */
export const LOG_LENGTH = 80;

export interface LoggedMessage {
  kind: 'start' | 'stop' | 'maintenance';
  cardUid: string;
  /** Seconds, as the board said them; null for the kinds without a duration. */
  durationS: number | null;
  /** When it was said last: until a save that comes after it, a board's flash may still have it. */
  atS: number;
  /** It came as a replay at least once: the board had it in its queue, and perhaps in its flash. */
  queued: boolean;
  /** The board went on to something else: it has no need to say this again, except in a rewind. */
  isSettled: boolean;
  /** It came as a rewind: said twice, or two messages that look the same. */
  saidAgain: boolean;
}

/** What a board said, without what we add to it. */
type Message = Pick<LoggedMessage, 'kind' | 'cardUid' | 'durationS'>;

export interface MessageLog {
  /** Oldest first, at most {@link LOG_LENGTH}. */
  entries: readonly LoggedMessage[];
  /**
   * Index of the entry that the last replay repeated or became; null when none came since the board
   * connected or showed that its queue is empty. A queue is sent in order: replays never go back.
   */
  replayAt: number | null;
  /** Last message that was neither `alive` nor a replay. */
  lastLiveAtS: number;
}

export type Sighting = 'new' | 'stutter' | 'rewind';

export const emptyLog: MessageLog = {
  entries: [],
  replayAt: null,
  lastLiveAtS: Number.NEGATIVE_INFINITY,
};

/** The log after the board reconnected: its queue may begin again. */
export function noteAlive(log: MessageLog): MessageLog {
  return { ...log, replayAt: null };
}

/** The log after a message that shows that the board's queue is empty. */
export function noteLive(log: MessageLog, nowS: number): MessageLog {
  return {
    ...log,
    entries: withNewest(log, { isSettled: true }),
    lastLiveAtS: nowS,
    replayAt: null,
  };
}

/** Has `message` been seen before, and what is the log after it? */
export function sight(
  log: MessageLog,
  message: Message,
  isReplay: boolean,
  nowS: number,
): { sighting: Sighting; log: MessageLog } {
  if (!isReplay) return sightLive(noteLive(log, nowS), message, nowS);

  const again = rewindPosition(log, message);
  if (again !== null) {
    const entries = log.entries.map((entry, index) =>
      index === again ? { ...entry, atS: nowS, saidAgain: true } : entry,
    );
    return { sighting: 'rewind', log: { ...log, entries, replayAt: again } };
  }

  const newest = log.entries.at(-1);
  if (log.replayAt === null && newest && !newest.isSettled && isSame(newest, message)) {
    const entries = withNewest(log, { queued: true, atS: nowS });
    return { sighting: 'stutter', log: { ...log, entries, replayAt: entries.length - 1 } };
  }
  const longer = append(log, message, true, nowS);
  return { sighting: 'new', log: { ...longer, replayAt: longer.entries.length - 1 } };
}

function sightLive(
  log: MessageLog,
  message: Message,
  nowS: number,
): { sighting: Sighting; log: MessageLog } {
  const newest = log.entries.at(-1);
  if (!newest || !isSame(newest, message)) {
    return { sighting: 'new', log: append(log, message, false, nowS) };
  }
  // A repeated live message stays in the log once; only the rules know whether it says anything.
  const entries = withNewest(log, { isSettled: false });
  return { sighting: 'stutter', log: { ...log, entries } };
}

/** Did the newest start of this card come again, so that it may have been two? */
export function mayBeTwoStarts(log: MessageLog, cardUid: string): boolean {
  const newest = log.entries.findLast(
    (entry) => entry.kind === 'start' && entry.cardUid === cardUid,
  );
  return newest?.saidAgain ?? false;
}

/** Where in the log a rewind stands after this replay; null when it is no rewind. */
function rewindPosition(log: MessageLog, message: Message): number | null {
  const from = log.replayAt ?? 0;
  const found = log.entries.findIndex(
    (entry, index) =>
      index >= from &&
      entry.queued &&
      isSame(entry, message) &&
      log.lastLiveAtS <= entry.atS + FLASH_WINDOW_S,
  );
  return found === -1 ? null : found;
}

function append(log: MessageLog, message: Message, queued: boolean, atS: number): MessageLog {
  const entry = { ...message, atS, queued, isSettled: false, saidAgain: false };
  return { ...log, entries: [...log.entries, entry].slice(-LOG_LENGTH) };
}

function withNewest(
  { entries }: MessageLog,
  change: Partial<LoggedMessage>,
): readonly LoggedMessage[] {
  const newest = entries.at(-1);
  return newest ? [...entries.slice(0, -1), { ...newest, ...change }] : entries;
}

function isSame(a: Message, b: typeof a): boolean {
  return a.kind === b.kind && a.cardUid === b.cardUid && a.durationS === b.durationS;
}
