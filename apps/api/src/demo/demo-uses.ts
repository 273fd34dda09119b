import {
  SECONDS_PER_DAY,
  SECONDS_PER_HOUR,
  SECONDS_PER_MINUTE,
  startOfDayS,
} from '@fabomatic/kernel';
import type { UseClosedBy } from '@fabomatic/uses';
import type { DemoMachine } from './demo-machines';

/** One made-up use; `memberIndex` counts in DEMO_MEMBERS. */
export interface DemoUse {
  readonly memberIndex: number;
  readonly startedAtS: number;
  /** null: it goes on. */
  readonly endedAtS: number | null;
  readonly replayed: boolean;
  readonly estimated: boolean;
  readonly closedBy: UseClosedBy | null;
}

export interface UsesOptions {
  readonly machine: DemoMachine;
  /** Indices of those who may use it; the first ones come most often. */
  readonly members: readonly number[];
  readonly nowS: number;
  /** No use ends after it. */
  readonly untilS: number;
  /** The days on which the lab was open: see {@link openDays}. */
  readonly days: readonly OpenDay[];
  readonly random: () => number;
}

export const HISTORY_DAYS = 365;

/** Day of the week (0: Sunday) -> opening and closing hour, and how many of the usual people come. */
const OPENING: ReadonlyMap<number, readonly [from: number, to: number, visitors: number]> = new Map(
  [
    [2, [15, 22, 0.7]],
    [3, [15, 22, 0.8]],
    [4, [15, 22, 1]],
    [5, [15, 22, 0.7]],
    [6, [10, 18, 1.4]],
  ],
);

/** The last hours before the demo count as open on any day: a dashboard of a shut lab shows nothing. */
const OPEN_BEFORE_NOW_H = 6;
/** Shares of the uses that a board told later, and whose end was concluded. */
const REPLAYED = 0.02;
const CONCLUDED = 0.012;

export interface OpenDay {
  readonly opensAtS: number;
  readonly closesAtS: number;
  /** 1 on a usual day. */
  readonly visitors: number;
}

/** The open days of the year before today, oldest first. */
export function openDays(nowS: number, timezone: string): OpenDay[] {
  const days: OpenDay[] = [];
  const today = startOfDayS(nowS, timezone);
  for (let day = HISTORY_DAYS; day > 0; day--) {
    // From noon, so that the days on which clocks change are found as well.
    const startS = startOfDayS(today - (day - 0.5) * SECONDS_PER_DAY, timezone);
    const weekday = new Date((startS + SECONDS_PER_DAY / 2) * 1000).getUTCDay();
    const hours = OPENING.get(weekday);
    if (!hours) continue;
    const [from, to, visitors] = hours;
    days.push({
      opensAtS: startS + from * SECONDS_PER_HOUR,
      closesAtS: startS + to * SECONDS_PER_HOUR,
      visitors,
    });
  }
  return days;
}

/** A year of uses of one machine, oldest first, none of them overlapping. */
export function demoUses(options: UsesOptions): DemoUse[] {
  const { nowS, untilS, days } = options;
  const uses: DemoUse[] = [];
  for (const { opensAtS, closesAtS, visitors } of days) {
    addDay(uses, options, opensAtS, Math.min(closesAtS, untilS), visitors);
  }
  const sinceS = Math.max(nowS - OPEN_BEFORE_NOW_H * SECONDS_PER_HOUR, uses.at(-1)?.endedAtS ?? 0);
  addDay(uses, options, sinceS, untilS, 1);
  return uses;
}

function addDay(
  uses: DemoUse[],
  options: UsesOptions,
  opensAtS: number,
  closesAtS: number,
  visitors: number,
): void {
  const { machine, random } = options;
  const [shortestMin, longestMin] = machine.useMin;
  const meanGapS = (closesAtS - opensAtS) / (machine.usesPerDay * visitors + 1);
  let atS = opensAtS + random() * meanGapS;
  for (;;) {
    const minutes = shortestMin * (longestMin / shortestMin) ** random();
    const startedAtS = Math.round(atS);
    const endedAtS = startedAtS + Math.round(minutes * SECONDS_PER_MINUTE);
    if (!(endedAtS <= closesAtS)) return;
    uses.push({
      memberIndex: regular(options.members, random),
      startedAtS,
      endedAtS,
      ...marks(random),
    });
    atS = endedAtS + (0.3 + random()) * meanGapS;
  }
}

/** The first ones of the list come more often than the last. */
function regular(members: readonly number[], random: () => number): number {
  return members[Math.floor(members.length * random() ** 1.7)] ?? 0;
}

function marks(random: () => number): Pick<DemoUse, 'replayed' | 'estimated' | 'closedBy'> {
  const chance = random();
  if (chance < REPLAYED) {
    return { replayed: true, estimated: chance < REPLAYED / 3, closedBy: 'stop' };
  }
  if (chance > 1 - CONCLUDED) {
    const closedBy = random() < 0.5 ? 'idle' : 'superseded';
    return { replayed: false, estimated: true, closedBy };
  }
  return { replayed: false, estimated: false, closedBy: 'stop' };
}
