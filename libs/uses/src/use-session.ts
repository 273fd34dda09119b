import { assertNever } from '@fabomatic/kernel';
import { noteAlive, noteLive, sight } from './message-log';
import {
  CARD_SHADOW_S,
  closeOpen,
  type Draft,
  IDLE_AFTER_TICK_S,
  IDLE_TICKS,
  type MachineSession,
  noteFree,
  PENDING_S,
  settlePending,
  TICK_SPACING_S,
  type UseEffect,
} from './session-draft';
import { onStop } from './use-stop';
import { SILENCE_S } from './use';
import { onInUse, onStart } from './use-start';

/** Whose card a message bears, as the database knows it at the time of receipt. */
export interface CardHolder {
  cardUid: string;
  /** null: nobody has this card. */
  memberId: number | null;
  /** Would the member be let in now? */
  authorized: boolean;
}

/** What was heard of one machine. `durationS` is null when it was no believable number. */
export type UseEvent =
  | { kind: 'start'; holder: CardHolder; replay: boolean }
  | { kind: 'in-use'; holder: CardHolder; durationS: number | null }
  | { kind: 'stop'; holder: CardHolder; durationS: number | null; replay: boolean }
  | { kind: 'maintenance'; cardUid: string; replay: boolean }
  /** `checkuser`: a board asks that only while it is free (F31). */
  | { kind: 'card-read' }
  /** `checkmachine` that was answered in time. */
  | { kind: 'tick' }
  | { kind: 'alive' }
  /** Time passed; `maySilence` is false during the first minutes of this process. */
  | { kind: 'sweep'; maySilence: boolean }
  /** A person ends the open use of a board that says nothing any more. */
  | { kind: 'close-by-hand' };

/** What came of an event, for logs, events on the dashboard and the board's answer. */
export type UseOutcome =
  'started' | 'resumed' | 'stopped' | 'recorded' | 'duplicate' | 'ignored' | 'noted';

export interface UseDecision {
  session: MachineSession;
  /** In this order, in one transaction. Empty for what only memory needs to know. */
  effects: readonly UseEffect[];
  outcome: UseOutcome;
}

/**
 * The one rule about uses: what an event means for the uses of its machine. A message that is
 * doubled, late, replayed or out of order never gives a second use, never counts twice and never
 * closes another card's use; what a board lost for good is completed from what it says next, and
 * marked as estimated where nobody can know. docs/board-protocol.md tells the rules in words.
 */
export function onUseEvent(session: MachineSession, event: UseEvent, nowS: number): UseDecision {
  const draft: Draft = { session, effects: [] };
  const outcome = decide(draft, event, nowS);
  return { session: draft.session, effects: draft.effects, outcome };
}

function decide(draft: Draft, event: UseEvent, nowS: number): UseOutcome {
  switch (event.kind) {
    case 'start':
      return onStart(draft, event, nowS);
    case 'in-use':
      return onInUse(draft, event, nowS);
    case 'stop':
      return onStop(draft, event, nowS);
    case 'maintenance':
      return onMaintenance(draft, event, nowS);
    case 'card-read':
      noteFree(draft, nowS);
      draft.session = {
        ...draft.session,
        log: noteLive(draft.session.log, nowS),
        lastCardAtS: nowS,
      };
      return 'noted';
    case 'tick':
      return onTick(draft, nowS);
    case 'alive':
      draft.session = { ...draft.session, log: noteAlive(draft.session.log) };
      return 'noted';
    case 'sweep':
      return onSweep(draft, event.maySilence, nowS);
    case 'close-by-hand':
      return onCloseByHand(draft);
    default:
      return assertNever(event);
  }
}

/** Ends when the board last confirmed it, as after an hour of silence; the board's stop corrects it. */
function onCloseByHand(draft: Draft): UseOutcome {
  const { open } = draft.session;
  if (!open) return 'ignored';
  closeOpen(draft, open.lastSeenAtS, 'manual');
  return 'stopped';
}

function onMaintenance(
  draft: Draft,
  event: Extract<UseEvent, { kind: 'maintenance' }>,
  nowS: number,
): UseOutcome {
  const message = { kind: 'maintenance' as const, cardUid: event.cardUid, durationS: null };
  const seen = sight(draft.session.log, message, event.replay, nowS);
  draft.session = { ...draft.session, log: seen.log };
  return event.replay && seen.sighting !== 'new' ? 'duplicate' : 'noted';
}

/** A tick that no `inuse` follows shows that the board is free (F4); after a card none follows. */
function onTick(draft: Draft, nowS: number): UseOutcome {
  const { session } = draft;
  draft.session = { ...session, log: noteLive(session.log, nowS) };
  const lastTick = session.freeSigns.at(-1) ?? Number.NEGATIVE_INFINITY;
  if (nowS - session.lastCardAtS >= CARD_SHADOW_S && nowS - lastTick >= TICK_SPACING_S) {
    noteFree(draft, nowS);
  }
  return 'noted';
}

function onSweep(draft: Draft, maySilence: boolean, nowS: number): UseOutcome {
  const { pendingStart, open, freeSigns } = draft.session;
  if (pendingStart && nowS - pendingStart.atS > PENDING_S) settlePending(draft);
  if (!open) return 'noted';
  const lastSign = freeSigns.at(-1);
  if (freeSigns.length >= IDLE_TICKS && lastSign !== undefined) {
    if (nowS - lastSign < IDLE_AFTER_TICK_S) return 'noted';
    closeOpen(draft, open.lastSeenAtS, 'idle');
    return 'stopped';
  }
  if (maySilence && nowS - open.lastSeenAtS > SILENCE_S) {
    closeOpen(draft, open.lastSeenAtS, 'silence');
    return 'stopped';
  }
  return 'noted';
}
