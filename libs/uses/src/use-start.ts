import { noteLive, sight } from './message-log';
import {
  closeOpen,
  correctStart,
  type Draft,
  isHeldBy,
  makeRoom,
  openUse,
  reopen,
  settlePending,
  TOLERANCE_S,
  touch,
} from './session-draft';
import { isConcluded, type KnownUse, MAX_BELIEVED_DURATION_S } from './use';
import type { CardHolder, UseEvent, UseOutcome } from './use-session';

/** Seconds by which a start may differ from `now - duration`: the board cuts to whole seconds. */
const START_SLACK_S = 2;

/** `startuse`: somebody logged in, now or (replayed) at a time that the board does not tell. */
export function onStart(
  draft: Draft,
  event: Extract<UseEvent, { kind: 'start' }>,
  nowS: number,
): UseOutcome {
  const { holder, replay } = event;
  const message = { kind: 'start' as const, cardUid: holder.cardUid, durationS: null };
  const seen = sight(draft.session.log, message, replay, nowS);
  draft.session = { ...draft.session, log: seen.log };
  if (!replay) draft.session = { ...draft.session, lastCardAtS: nowS };
  if (replay && seen.sighting !== 'new') return 'duplicate';

  const { open, pendingStart, freeSigns } = draft.session;
  if (pendingStart) settlePending(draft);
  if (open && isHeldBy(open, holder)) {
    // A board that has been free since, or that replays what it never said, tells of another use.
    const isAnother = replay || freeSigns.length > 0;
    if (!isAnother) {
      touch(draft, nowS);
      return 'resumed';
    }
  } else if (open && replay) {
    // Another card's use is open. The board is free or in the use that its next message tells.
    draft.session = { ...draft.session, pendingStart: { holder, atS: nowS } };
    return 'noted';
  }
  if (open) closeOpen(draft, open.lastSeenAtS, 'superseded');
  openUse(draft, holder, nowS, nowS, { replayed: replay, estimated: replay });
  return 'started';
}

/** `inuse`: the board says that this card is logged in, and for how many seconds. */
export function onInUse(
  draft: Draft,
  event: Extract<UseEvent, { kind: 'in-use' }>,
  nowS: number,
): UseOutcome {
  const { holder, durationS } = event;
  const open = draft.session.open;
  const isOpenHolder = open !== null && isHeldBy(open, holder);
  if (durationS === null || !isBelieved(durationS, isOpenHolder ? open : null, nowS)) {
    if (isOpenHolder) touch(draft, nowS);
    return 'ignored';
  }
  const startedAtS = nowS - durationS;
  if (isStale(draft, holder, startedAtS)) return 'ignored';
  draft.session = { ...draft.session, log: noteLive(draft.session.log, nowS) };

  if (open && isOpenHolder && startedAtS <= open.lastSeenAtS + TOLERANCE_S) {
    tellStart(draft, open, startedAtS);
    touch(draft, nowS);
    return 'resumed';
  }
  if (open) {
    // Never before its own start, even if the other board counts back beyond it.
    const endedAtS = Math.max(open.startedAtS, Math.min(open.lastSeenAtS, startedAtS));
    closeOpen(draft, endedAtS, 'superseded');
  }
  return resumeOrOpen(draft, holder, startedAtS, nowS);
}

/** No use of this card is open: it was closed too early, or its start was lost (F41a). */
function resumeOrOpen(
  draft: Draft,
  holder: CardHolder,
  startedAtS: number,
  nowS: number,
): UseOutcome {
  const { pendingStart } = draft.session;
  const isPending = pendingStart?.holder.cardUid === holder.cardUid;
  if (isPending) draft.session = { ...draft.session, pendingStart: null };
  else settlePending(draft);

  const closed = draft.session.recent.findLast((use) => isHeldBy(use, holder));
  if (closed && wasClosedTooEarly(closed, startedAtS)) {
    reopen(draft, closed, { startedAtS: earlierStart(closed, startedAtS), lastSeenAtS: nowS });
    return 'resumed';
  }
  makeRoom(draft, startedAtS, null);
  openUse(draft, holder, startedAtS, nowS, { replayed: isPending, estimated: false });
  return 'started';
}

/** A replayed start bears the time of its arrival; now the board tells the true one (F44). */
function tellStart(draft: Draft, open: KnownUse, startedAtS: number): void {
  if (!open.estimated) return;
  makeRoom(draft, startedAtS, null);
  correctStart(draft, startedAtS);
}

/**
 * A late `inuse` of a use that its own stop has closed says nothing new. A use whose time is an
 * estimate cannot contradict: it is moved instead.
 */
function isStale(draft: Draft, holder: CardHolder, startedAtS: number): boolean {
  const last = draft.session.recent.findLast((use) => isHeldBy(use, holder));
  if (!last || last.closedBy !== 'stop' || last.estimated || last.endedAtS === null) return false;
  return startedAtS < last.endedAtS - START_SLACK_S;
}

/** Was this use closed by a conclusion, and does the board now say that it went on? */
function wasClosedTooEarly(use: KnownUse, startedAtS: number): boolean {
  if (!isConcluded(use)) return false;
  if (use.replayed) return startedAtS <= use.startedAtS + TOLERANCE_S;
  return Math.abs(use.startedAtS - startedAtS) <= TOLERANCE_S;
}

function earlierStart(use: KnownUse, startedAtS: number): number {
  return use.replayed ? Math.min(use.startedAtS, startedAtS) : use.startedAtS;
}

/** More than a day is believed only of a use that we saw begin. */
function isBelieved(durationS: number, open: KnownUse | null, nowS: number): boolean {
  if (durationS <= MAX_BELIEVED_DURATION_S) return true;
  return open !== null && nowS - open.startedAtS >= durationS - TOLERANCE_S;
}
