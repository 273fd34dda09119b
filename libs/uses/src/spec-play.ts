import { emptySession, type MachineSession, type UseEffect } from './session-draft';
import { sessionFromHistory } from './session-history';
import { type CardHolder, onUseEvent, type UseEvent } from './use-session';
import { useDurationS, useInterval } from './use';

/** What the specs of the rule share: two members, their events, and a way to play them. */

export const T0 = 1_764_000_000;
export const MARTA: CardHolder = { cardUid: '0badf00d', memberId: 4, authorized: true };
export const JONAS: CardHolder = { cardUid: 'aabbccdd', memberId: 3, authorized: true };

export const start = (holder: CardHolder, replay = false): UseEvent => ({
  kind: 'start',
  holder,
  replay,
});
export const inUse = (holder: CardHolder, durationS: number | null): UseEvent => ({
  kind: 'in-use',
  holder,
  durationS,
});
export const stop = (holder: CardHolder, durationS: number | null, replay = false): UseEvent => ({
  kind: 'stop',
  holder,
  durationS,
  replay,
});
export const tick: UseEvent = { kind: 'tick' };
export const alive: UseEvent = { kind: 'alive' };
export const sweep: UseEvent = { kind: 'sweep', maySilence: true };
export const cardRead: UseEvent = { kind: 'card-read' };

/** In a row: this process was restarted, and has only what it stored. */
export const restart = 'restart';

/** Plays [seconds since T0, event] rows; gives the uses as `who start..end marks` and the hours. */
export function play(...rows: [number, UseEvent | typeof restart][]) {
  let session: MachineSession = emptySession;
  let countedS = 0;
  let ids = 0;
  const effects: UseEffect[] = [];
  for (const [atS, event] of rows) {
    if (event === restart) {
      session = sessionFromHistory(session.open, session.recent, T0 + atS);
      continue;
    }
    const decision = onUseEvent(session, event, T0 + atS);
    for (const effect of decision.effects) {
      if (effect.kind === 'insert') effect.use.id = ++ids;
      expect(effect.use.id).not.toBeNull();
      countedS += useDurationS(useInterval(effect.use)) - useDurationS(effect.before);
      effects.push(effect);
    }
    session = decision.session;
  }
  const uses = [...session.recent, ...(session.open ? [session.open] : [])]
    .sort((a, b) => a.startedAtS - b.startedAtS)
    .map((use) => {
      const since = (atS: number) => Math.round((atS - T0) * 10) / 10;
      const end = use.endedAtS === null ? '' : since(use.endedAtS);
      const marks = [use.replayed && 'replayed', use.estimated && 'estimated'].filter(Boolean);
      return `${use.memberId} ${since(use.startedAtS)}..${end} ${marks.join(' ')}`.trim();
    });
  return { uses, countedS, effects, session };
}
