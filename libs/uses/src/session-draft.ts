import { emptyLog, type MessageLog } from './message-log';
import { type KnownUse, type UseClosedBy, type UseInterval, useInterval } from './use';
import type { CardHolder } from './use-session';

/** How many closed uses of a machine are remembered for comparison. */
export const RECENT_USES = 40;

/** Difference in seconds below which two times that a board and we measured are the same. */
export const TOLERANCE_S = 5;

/** Ticks without `inuse` that show that a machine is free. */
export const IDLE_TICKS = 2;

/** `inuse` follows its tick within a second; this long after the last tick it is missing. */
export const IDLE_AFTER_TICK_S = 3;

/** A `checkmachine` this soon after a card is no tick: none of those is followed by `inuse`. */
export const CARD_SHADOW_S = 10;

/** Ticks come every 30 s; two closer than this are one. */
export const TICK_SPACING_S = 15;

/** How long a replayed start waits for what tells whether its use goes on (`inuse` within 0.2 s). */
export const PENDING_S = 5;

/** A replayed start that met another card's open use: what follows tells what it meant. */
export interface PendingStart {
  holder: CardHolder;
  atS: number;
}

/** All that the rules need to know of one machine's uses; a value, never changed in place. */
export interface MachineSession {
  open: KnownUse | null;
  /** Closed uses, in the order in which they were closed, at most {@link RECENT_USES}. */
  recent: readonly KnownUse[];
  log: MessageLog;
  pendingStart: PendingStart | null;
  /** When the board showed that it is free since the open use was last confirmed. */
  freeSigns: readonly number[];
  /** Last `checkuser` or live `startuse`. */
  lastCardAtS: number;
}

export const emptySession: MachineSession = {
  open: null,
  recent: [],
  log: emptyLog,
  pendingStart: null,
  freeSigns: [],
  lastCardAtS: Number.NEGATIVE_INFINITY,
};

/**
 * What is to be stored, in one transaction. `before` is the stretch of time for which the same use
 * counted until now: machine hours and plan counters grow by the difference, so that nothing is
 * ever counted twice. `hasMoved`: it now starts at another time. `insert` and `update` are durable,
 * `touch` may wait in memory.
 */
export type UseEffect =
  | { kind: 'insert'; use: KnownUse; before: null }
  | { kind: 'update'; use: KnownUse; before: UseInterval | null; hasMoved: boolean }
  | { kind: 'touch'; use: KnownUse; before: null };

/** A decision in the making. */
export interface Draft {
  session: MachineSession;
  effects: UseEffect[];
}

/** Is this the card that the use belongs to? Uses without a card (imported ones) go by member. */
export function isHeldBy(use: KnownUse, holder: CardHolder): boolean {
  if (use.cardUid !== null) return use.cardUid === holder.cardUid;
  return use.memberId !== null && use.memberId === holder.memberId;
}

/** Opens a use; the caller has made sure that none is open. */
export function openUse(
  draft: Draft,
  holder: CardHolder,
  startedAtS: number,
  nowS: number,
  marks: { replayed: boolean; estimated: boolean },
): void {
  const use: KnownUse = {
    id: null,
    ...holderOf(holder),
    startedAtS,
    lastSeenAtS: nowS,
    endedAtS: null,
    ...marks,
    closedBy: null,
  };
  draft.effects.push({ kind: 'insert', use, before: null });
  draft.session = { ...draft.session, open: use, freeSigns: [] };
}

/** Stores a use that is over and that nobody knew of. */
export function recordClosed(
  draft: Draft,
  holder: CardHolder,
  interval: UseInterval,
  marks: { replayed: boolean; estimated: boolean; closedBy: UseClosedBy },
): void {
  const use: KnownUse = {
    id: null,
    ...holderOf(holder),
    ...interval,
    lastSeenAtS: interval.endedAtS,
    ...marks,
  };
  draft.effects.push({ kind: 'insert', use, before: null });
  remember(draft, use);
}

/** Ends the open use. Everything but a stop is a conclusion, and marks the use as estimated. */
export function closeOpen(
  draft: Draft,
  endedAtS: number,
  closedBy: UseClosedBy,
  marks: Partial<Pick<KnownUse, 'startedAtS' | 'replayed' | 'estimated' | 'lastSeenAtS'>> = {},
): void {
  const { open } = draft.session;
  if (!open) return;
  const use: KnownUse = { ...open, estimated: closedBy !== 'stop', ...marks, endedAtS, closedBy };
  update(draft, open, use);
  draft.session = { ...draft.session, open: null, freeSigns: [] };
  remember(draft, use);
}

/** The open use was confirmed now. */
export function touch(draft: Draft, nowS: number): void {
  const { open } = draft.session;
  if (!open) return;
  const use = { ...open, lastSeenAtS: Math.max(open.lastSeenAtS, nowS) };
  draft.effects.push({ kind: 'touch', use, before: null });
  draft.session = { ...draft.session, open: use, freeSigns: [] };
}

/** Replaces a closed use by what turned out to be true. */
export function correctRecent(draft: Draft, old: KnownUse, change: Partial<KnownUse>): void {
  const use: KnownUse = { ...old, ...change };
  update(draft, old, use);
  const recent = draft.session.recent.map((known) => (known === old ? use : known));
  draft.session = { ...draft.session, recent };
}

/** Opens again a use that was closed by mistake. */
export function reopen(draft: Draft, old: KnownUse, change: Partial<KnownUse>): void {
  const use: KnownUse = { ...old, estimated: false, ...change, endedAtS: null, closedBy: null };
  update(draft, old, use);
  draft.session = {
    ...draft.session,
    open: use,
    recent: draft.session.recent.filter((known) => known !== old),
    freeSigns: [],
  };
}

/** The start of the open use turned out to be another one, and is now known exactly. */
export function correctStart(draft: Draft, startedAtS: number): void {
  const { open } = draft.session;
  if (!open) return;
  const use: KnownUse = { ...open, startedAtS, estimated: false };
  update(draft, open, use);
  draft.session = { ...draft.session, open: use };
}

/** The board showed that nobody is logged in. */
export function noteFree(draft: Draft, nowS: number): void {
  if (!draft.session.open) return;
  draft.session = {
    ...draft.session,
    freeSigns: [...draft.session.freeSigns, nowS].slice(-IDLE_TICKS),
  };
}

/**
 * A replayed start of which nothing more was heard: the board lost the end. The use is kept
 * without a length, so that it is not lost and counts for nothing.
 */
export function settlePending(draft: Draft): void {
  const { pendingStart } = draft.session;
  if (!pendingStart) return;
  draft.session = { ...draft.session, pendingStart: null };
  const endedAtS = Math.min(pendingStart.atS, draft.session.open?.startedAtS ?? pendingStart.atS);
  recordClosed(
    draft,
    pendingStart.holder,
    { startedAtS: endedAtS, endedAtS },
    {
      replayed: true,
      estimated: true,
      closedBy: 'superseded',
    },
  );
}

/**
 * Moves uses whose time is an estimate back, their length unchanged, so that they end before
 * `limitS`: a machine serves one card at a time, and what was told first happened first.
 */
export function makeRoom(draft: Draft, limitS: number, except: KnownUse | null): void {
  let limit = limitS;
  for (const use of [...draft.session.recent].reverse()) {
    if (use === except) continue;
    if (!use.estimated || !use.replayed || use.endedAtS === null || use.endedAtS <= limit) return;
    const startedAtS = use.startedAtS - (use.endedAtS - limit);
    correctRecent(draft, use, { startedAtS, endedAtS: limit, lastSeenAtS: limit });
    limit = startedAtS;
  }
}

/** Stores `use` in the place of `old`; what was to be inserted by this decision is inserted as it is. */
function update(draft: Draft, old: KnownUse, use: KnownUse): void {
  const inserted = draft.effects.findIndex(
    (effect) => effect.kind === 'insert' && effect.use === old,
  );
  if (inserted === -1) {
    const hasMoved = use.startedAtS !== old.startedAtS;
    draft.effects.push({ kind: 'update', use, before: useInterval(old), hasMoved });
  } else draft.effects[inserted] = { kind: 'insert', use, before: null };
}

function remember(draft: Draft, use: KnownUse): void {
  const recent = [...draft.session.recent, use].slice(-RECENT_USES);
  draft.session = { ...draft.session, recent };
}

function holderOf(holder: CardHolder) {
  const { cardUid, memberId, authorized } = holder;
  return { cardUid, memberId, authorized };
}
