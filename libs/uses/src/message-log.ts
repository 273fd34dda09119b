/**
 * Which of a board's messages have been seen before. Boards put no number and no time on what they
 * say, so a repetition can only be told by where it stands in the sequence (facts F39 to F45):
 *
 * - A message that was not answered in time is said again with `replay:true`, before anything else:
 *   it repeats the newest entry of the log. That is a *stutter*.
 * - A board that loses its power within two minutes of sending its queue sends the whole queue
 *   again after the boot (F40d): the entries of the log come once more, in order. That is a
 *   *rewind*. Until its queue is empty the board says nothing but `alive` and replays.
 *
 * Where this errs: a second outage that begins within {@link FLASH_WINDOW_S} of the first one's
 * replays, in which the same card ran the same machine for the same number of whole seconds at the
 * same place in the sequence, is taken for a rewind and recorded once.
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
  atS: number;
  /** It came as a replay at least once: the board had it in its queue, and perhaps in its flash. */
  queued: boolean;
}

export interface MessageLog {
  /** Oldest first, at most {@link LOG_LENGTH}. */
  entries: readonly LoggedMessage[];
  /** Index of the entry that a rewind repeated last; null outside a rewind. */
  rewindAt: number | null;
  /** Last message that was neither `alive` nor a replay. */
  lastLiveAtS: number;
  lastAliveAtS: number;
}

export type Sighting = 'new' | 'stutter' | 'rewind';

export const emptyLog: MessageLog = {
  entries: [],
  rewindAt: null,
  lastLiveAtS: Number.NEGATIVE_INFINITY,
  lastAliveAtS: Number.NEGATIVE_INFINITY,
};

/** The log after the board reconnected or its 120 s tick. */
export function noteAlive(log: MessageLog, nowS: number): MessageLog {
  return { ...log, lastAliveAtS: nowS };
}

/** The log after a message that shows that the board's queue is empty. */
export function noteLive(log: MessageLog, nowS: number): MessageLog {
  return { ...log, lastLiveAtS: nowS, rewindAt: null };
}

/** Has `message` been seen before, and what is the log after it? */
export function sight(
  log: MessageLog,
  message: Omit<LoggedMessage, 'atS' | 'queued'>,
  isReplay: boolean,
  nowS: number,
): { sighting: Sighting; log: MessageLog } {
  if (!isReplay) return sightLive(noteLive(log, nowS), message, nowS);

  const again = rewindPosition(log, message);
  if (again !== null) return { sighting: 'rewind', log: { ...log, rewindAt: again } };

  const newest = log.entries.at(-1);
  if (newest && isSame(newest, message)) {
    const entries = [...log.entries.slice(0, -1), { ...newest, queued: true }];
    return { sighting: 'stutter', log: { ...log, entries } };
  }
  return { sighting: 'new', log: append({ ...log, rewindAt: null }, message, true, nowS) };
}

function sightLive(
  log: MessageLog,
  message: Omit<LoggedMessage, 'atS' | 'queued'>,
  nowS: number,
): { sighting: Sighting; log: MessageLog } {
  const newest = log.entries.at(-1);
  const sighting = newest && isSame(newest, message) ? 'stutter' : 'new';
  // A repeated live message stays in the log once; only the rules know whether it says anything.
  return { sighting, log: sighting === 'new' ? append(log, message, false, nowS) : log };
}

/** Where in the log a rewind stands after this replay; null when it is no rewind. */
function rewindPosition(
  log: MessageLog,
  message: Omit<LoggedMessage, 'atS' | 'queued'>,
): number | null {
  const at = log.rewindAt;
  if (at !== null) {
    const next = log.entries[at + 1];
    if (next && isSame(next, message)) return at + 1;
    const same = log.entries[at];
    if (same && isSame(same, message)) return at;
  }
  const from = at === null ? 0 : at + 1;
  const found = log.entries.findIndex(
    (entry, index) =>
      index >= from &&
      entry.queued &&
      isSame(entry, message) &&
      log.lastAliveAtS > entry.atS &&
      log.lastLiveAtS <= entry.atS + FLASH_WINDOW_S,
  );
  return found === -1 ? null : found;
}

function append(
  log: MessageLog,
  message: Omit<LoggedMessage, 'atS' | 'queued'>,
  queued: boolean,
  atS: number,
): MessageLog {
  return { ...log, entries: [...log.entries, { ...message, atS, queued }].slice(-LOG_LENGTH) };
}

function isSame(a: Omit<LoggedMessage, 'atS' | 'queued'>, b: typeof a): boolean {
  return a.kind === b.kind && a.cardUid === b.cardUid && a.durationS === b.durationS;
}
