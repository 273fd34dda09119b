import { mayBeTwoStarts, sight } from './message-log';
import {
  closeOpen,
  correctRecent,
  type Draft,
  isHeldBy,
  makeRoom,
  recordClosed,
  settlePending,
  TOLERANCE_S,
} from './session-draft';
import {
  isConcluded,
  type KnownUse,
  MAX_BELIEVED_DURATION_S,
  useDurationS,
  useInterval,
} from './use';
import type { UseEvent, UseOutcome } from './use-session';

type StopEvent = Extract<UseEvent, { kind: 'stop' }>;

/** Seconds by which the board may have counted less than we saw: it cuts to whole seconds. */
const COUNT_SLACK_S = 2;

/** By how much the board's clock and ours may differ in addition: a second in a quarter of an hour. */
const CLOCK_DRIFT = 0.001;

/** A live stop can come this much after the log-out: a board sends its queue first. */
const SENDING_S = 60;

/** `stopuse`: this card logged out after `durationS`, now or (replayed) at an unknown time. */
export function onStop(draft: Draft, event: StopEvent, nowS: number): UseOutcome {
  const { holder, replay } = event;
  const message = { kind: 'stop' as const, cardUid: holder.cardUid, durationS: event.durationS };
  const seen = sight(draft.session.log, message, replay, nowS);
  draft.session = { ...draft.session, log: seen.log };
  if (seen.sighting === 'rewind') {
    markAsDoubtful(draft, event);
    return 'duplicate';
  }

  const { open } = draft.session;
  if (open && isHeldBy(open, holder)) {
    return isOfUseBefore(draft, open, event, nowS)
      ? 'duplicate'
      : stopOpen(draft, open, event, nowS);
  }
  if (seen.sighting === 'stutter') return 'duplicate';
  if (open && isAfter(open, event, nowS) && !isOnRecord(draft, event)) {
    closeOpen(draft, Math.min(open.lastSeenAtS, nowS - (event.durationS ?? 0)), 'superseded');
  }
  return stopUnknown(draft, event, nowS);
}

/**
 * Another card logs out now, after a use that began when the open one had been heard last: the open
 * use was over by then and nobody said so. A stop that reaches back into it proves nothing, and the
 * open use stays as it is.
 */
function isAfter(open: KnownUse, { replay, durationS }: StopEvent, nowS: number): boolean {
  if (replay || durationS === null || durationS === 0) return false;
  return isBelieved(durationS, null, nowS) && nowS - durationS >= open.lastSeenAtS - COUNT_SLACK_S;
}

/** Longer than the open use can have lasted, and as long as one on record: it came again. */
function isOfUseBefore(draft: Draft, open: KnownUse, event: StopEvent, nowS: number): boolean {
  const { durationS, replay } = event;
  if (!replay || durationS === null || open.estimated) return false;
  if (open.startedAtS + durationS <= nowS + TOLERANCE_S) return false;
  return isOnRecord(draft, event);
}

/**
 * Has this card a use of just this length? Then the message may have come again after the log has
 * forgotten it (a record does not tell whether its stop was replayed).
 */
function isOnRecord(draft: Draft, event: StopEvent): boolean {
  return draft.session.recent.some((use) => isToldBy(use, event));
}

/** Was this use ended by a stop of the same card and length? */
function isToldBy(use: KnownUse, { holder, durationS }: StopEvent): boolean {
  return (
    use.closedBy === 'stop' &&
    isHeldBy(use, holder) &&
    Math.round(useDurationS(useInterval(use))) === durationS
  );
}

/** The stop of a rewind may be that of another use of the same length: its record is no certainty. */
function markAsDoubtful(draft: Draft, event: StopEvent): void {
  const told = draft.session.recent.findLast((use) => use.replayed && isToldBy(use, event));
  if (told && !told.estimated) correctRecent(draft, told, { estimated: true });
}

function stopOpen(draft: Draft, open: KnownUse, event: StopEvent, nowS: number): UseOutcome {
  const { durationS, holder, replay } = event;
  const replayed = open.replayed || replay;
  if (durationS === null || !isBelieved(durationS, open, nowS)) {
    closeOpen(draft, replay ? open.lastSeenAtS : nowS, 'stop', { replayed, estimated: true });
    return 'stopped';
  }
  const endedAtS = open.startedAtS + durationS;
  const slackS = COUNT_SLACK_S + durationS * CLOCK_DRIFT;
  const isLessThanSeen = !open.estimated && endedAtS < open.lastSeenAtS - slackS;
  if (isLessThanSeen || isLongPast(endedAtS, event, nowS)) {
    // The board counts from another start: an earlier stop was lost, and a start after it (F41). Of
    // a live stop we know when its use began: the two do not overlap.
    const beforeS = replay ? open.lastSeenAtS : Math.min(open.lastSeenAtS, nowS - durationS);
    closeOpen(draft, Math.max(open.startedAtS, beforeS), 'superseded');
    return stopUnknown(draft, event, nowS);
  }
  const interval = intervalEndingBy(open.startedAtS, durationS, nowS);
  makeRoom(draft, interval.startedAtS, null);
  closeOpen(draft, interval.endedAtS, 'stop', {
    startedAtS: interval.startedAtS,
    lastSeenAtS: interval.endedAtS,
    replayed,
    estimated: replay && (open.estimated || mayBeTwoStarts(draft.session.log, holder.cardUid)),
  });
  return 'stopped';
}

/** No use of this card is open: its end corrects a conclusion, or its start was lost. */
function stopUnknown(draft: Draft, event: StopEvent, nowS: number): UseOutcome {
  const { holder, durationS, replay } = event;
  const { pendingStart } = draft.session;
  if (pendingStart?.holder.cardUid === holder.cardUid) {
    draft.session = { ...draft.session, pendingStart: null };
  } else settlePending(draft);
  // A remote stop on a free machine says 0 s (F49).
  if (durationS === 0 && pendingStart === null) return 'ignored';

  const limitS = Math.min(nowS, draft.session.open?.startedAtS ?? nowS);
  if (durationS === null || !isBelieved(durationS, null, nowS)) {
    recordClosed(
      draft,
      holder,
      { startedAtS: limitS, endedAtS: limitS },
      {
        replayed: replay,
        estimated: true,
        closedBy: 'stop',
      },
    );
    return 'recorded';
  }
  const concluded = draft.session.recent.findLast((use) => isHeldBy(use, holder));
  if (
    concluded &&
    belongsTo(concluded, durationS, limitS) &&
    !isLongPast(concluded.startedAtS + durationS, event, limitS)
  ) {
    const interval = intervalEndingBy(concluded.startedAtS, durationS, limitS);
    correctRecent(draft, concluded, {
      ...interval,
      lastSeenAtS: interval.endedAtS,
      closedBy: 'stop',
      replayed: concluded.replayed || replay,
      estimated: concluded.replayed && replay,
    });
    return 'stopped';
  }
  const interval = { startedAtS: limitS - durationS, endedAtS: limitS };
  makeRoom(draft, interval.startedAtS, null);
  // Moved before a use that goes on: when it was is not known.
  const estimated = replay || limitS < nowS;
  recordClosed(draft, holder, interval, { replayed: replay, estimated, closedBy: 'stop' });
  return 'recorded';
}

/** What a live stop ends cannot have ended long ago. */
function isLongPast(endedAtS: number, { replay }: StopEvent, nowS: number): boolean {
  return !replay && endedAtS < nowS - SENDING_S;
}

/** Does this stop end a use that was closed by a conclusion because its stop was missing? */
function belongsTo(use: KnownUse, durationS: number, limitS: number): boolean {
  if (!isConcluded(use)) return false;
  const endedAtS = use.startedAtS + durationS;
  if (use.replayed) return endedAtS >= use.lastSeenAtS - COUNT_SLACK_S;
  return endedAtS >= use.lastSeenAtS - COUNT_SLACK_S && endedAtS <= limitS + TOLERANCE_S;
}

/**
 * `durationS` from `startedAtS` on, never past `limitS`: the board counts right, so it is the start
 * that gives way (a replayed start bears the time of its arrival).
 * Worked row: start 100, 60 s, limit 130 -> 70..130.
 */
function intervalEndingBy(startedAtS: number, durationS: number, limitS: number) {
  const endedAtS = Math.min(startedAtS + durationS, limitS);
  return { startedAtS: endedAtS - durationS, endedAtS };
}

/** More than a day is believed only of a use that we saw begin. */
function isBelieved(durationS: number, open: KnownUse | null, nowS: number): boolean {
  if (durationS <= MAX_BELIEVED_DURATION_S) return true;
  return open !== null && nowS - open.startedAtS >= durationS - TOLERANCE_S;
}
