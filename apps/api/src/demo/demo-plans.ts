import { SECONDS_PER_HOUR, SECONDS_PER_MINUTE } from '@fabomatic/kernel';
import { secondsSinceIntervention } from '@fabomatic/maintenance';
import type { DemoPlan } from './demo-machines';

interface Interval {
  readonly startedAtS: number;
  readonly endedAtS: number;
}

/** A plan's counter and when its work was done, oldest first. */
export interface DemoPlanHistory {
  readonly elapsedS: number;
  readonly doneAtS: readonly number[];
}

/** Work is done this long before the next use, if there is so much time. */
const BEFORE_USE_S = 20 * SECONDS_PER_MINUTE;

/**
 * Goes back from today: how long ago the work must have been done for the plan to be as worn as
 * wanted, and the times before that, each about when it was due. The counter is what the uses since
 * then add up to, so that machine, plan and uses tell the same.
 */
export function planHistory(
  plan: DemoPlan,
  uses: readonly Interval[],
  random: () => number,
): DemoPlanHistory {
  const intervalS = plan.intervalH * SECONDS_PER_HOUR;
  const doneAtS: number[] = [];
  let wantedS = plan.wear * intervalS;
  let sinceS = 0;
  for (let index = uses.length - 1; index > 0; index--) {
    const use = uses[index];
    const before = uses[index - 1];
    if (!use || !before) continue;
    sinceS += use.endedAtS - use.startedAtS;
    const nextS = sinceS + before.endedAtS - before.startedAtS;
    // A plan that is to be due must be over its interval, however long its uses are.
    const isBest =
      plan.wear > 1 && doneAtS.length === 0
        ? sinceS >= wantedS
        : wantedS - sinceS <= nextS - wantedS;
    if (!isBest) continue;
    const pauseS = use.startedAtS - before.endedAtS;
    doneAtS.unshift(use.startedAtS - Math.min(BEFORE_USE_S, pauseS / 2));
    wantedS = (1 + 0.1 * random()) * intervalS;
    sinceS = 0;
  }
  const lastDoneAtS = doneAtS.at(-1) ?? null;
  const elapsedS = uses.reduce((sum, use) => sum + secondsSinceIntervention(use, lastDoneAtS), 0);
  return { elapsedS, doneAtS };
}
