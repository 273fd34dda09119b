import { type LabZone, SECONDS_PER_DAY, SECONDS_PER_HOUR } from '@fabomatic/kernel';
import type { UseInterval } from './use';
import type { SpanView } from './use-statistics.schema';

/** A use that has ended, as statistics see it. */
export interface TalliedUse extends UseInterval {
  readonly machineId: number;
  readonly memberId: number | null;
}

/** What one machine or one member makes of the whole. */
export interface Share {
  seconds: number;
  uses: number;
}

/** 1 January 1970 was a Thursday: the fourth day from Monday. */
const FIRST_WEEKDAY = 3;
const HOURS_PER_DAY = 24;

/**
 * Adds up uses between two midnights of the lab. The part of a use within the range is spread over
 * the hours in which it lies, as the lab's clock shows them: on the day with 25 hours one of them
 * counts twice, on the day with 23 one is empty.
 */
export class UseTally {
  /** Key: machine id. */
  readonly machines = new Map<number, Share>();
  /** Key: member id. */
  readonly members = new Map<number, Share>();
  seconds = 0;
  private readonly durations: number[] = [];
  /** Seconds of use of each hour since the first midnight. */
  private readonly hours: Float64Array;
  /** Uses that began on each day. */
  private readonly begun: Uint32Array;
  private readonly firstWallS: number;

  /** `dayCount` days from `firstDay` on (days since 1970 on the lab's calendar). */
  constructor(
    private readonly zone: LabZone,
    private readonly firstDay: number,
    private readonly dayCount: number,
  ) {
    this.firstWallS = firstDay * SECONDS_PER_DAY;
    this.hours = new Float64Array(dayCount * HOURS_PER_DAY);
    this.begun = new Uint32Array(dayCount);
  }

  get range(): UseInterval {
    const endWallS = this.firstWallS + this.dayCount * SECONDS_PER_DAY;
    return {
      startedAtS: this.zone.epochOfWallS(this.firstWallS),
      endedAtS: this.zone.epochOfWallS(endWallS),
    };
  }

  /** How many uses began within the range. */
  get uses(): number {
    return this.durations.length;
  }

  /** `range` is that of this tally, asked for once. */
  add(use: TalliedUse, range: UseInterval): void {
    const startS = Math.max(use.startedAtS, range.startedAtS);
    const endS = Math.min(use.endedAtS, range.endedAtS);
    const isBegun = use.startedAtS >= range.startedAtS && use.startedAtS < range.endedAtS;
    if (!isBegun && endS <= startS) return;
    const seconds = Math.max(0, endS - startS);
    this.seconds += seconds;
    addTo(this.machines, use.machineId, seconds, isBegun);
    if (use.memberId !== null) addTo(this.members, use.memberId, seconds, isBegun);
    if (isBegun) {
      this.durations.push(use.endedAtS - use.startedAtS);
      const day = Math.floor((this.zone.wallS(startS) - this.firstWallS) / SECONDS_PER_DAY);
      this.begun[day] = (this.begun[day] ?? 0) + 1;
    }
    this.spread(startS, endS);
  }

  /** Half of the uses were shorter; null without any. */
  median(): number | null {
    if (this.durations.length === 0) return null;
    const sorted = Float64Array.from(this.durations).sort();
    const middle = sorted.length >> 1;
    const upper = sorted[middle] ?? 0;
    return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
  }

  /** Consecutive days put together by what `startOf` gives for them (days since 1970). */
  spans(startOf: (day: number) => number): SpanView[] {
    const spans: SpanView[] = [];
    let start: number | null = null;
    for (let n = 0; n < this.dayCount; n++) {
      const day = this.firstDay + n;
      const startDay = Math.max(this.firstDay, startOf(day));
      let span = spans.at(-1);
      if (span === undefined || startDay !== start) {
        span = { from: isoDay(startDay), seconds: 0, uses: 0 };
        spans.push(span);
        start = startDay;
      }
      for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
        span.seconds += this.hours[n * HOURS_PER_DAY + hour] ?? 0;
      }
      span.uses += this.begun[n] ?? 0;
    }
    return spans;
  }

  /** Seconds of use in each hour of each weekday, Monday first. */
  week(): number[][] {
    const week = Array.from({ length: 7 }, () => new Array<number>(HOURS_PER_DAY).fill(0));
    for (let n = 0; n < this.dayCount; n++) {
      const day = week[weekdayOf(this.firstDay + n)];
      if (day === undefined) continue;
      for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
        day[hour] = (day[hour] ?? 0) + (this.hours[n * HOURS_PER_DAY + hour] ?? 0);
      }
    }
    return week;
  }

  private spread(startS: number, endS: number): void {
    for (let atS = startS; atS < endS;) {
      const wallS = this.zone.wallS(atS) - this.firstWallS;
      const hour = Math.floor(wallS / SECONDS_PER_HOUR);
      const nextS = Math.min(endS, atS + (hour + 1) * SECONDS_PER_HOUR - wallS);
      if (hour >= 0 && hour < this.hours.length) {
        this.hours[hour] = (this.hours[hour] ?? 0) + nextS - atS;
      }
      atS = nextS;
    }
  }
}

/** 0: Monday. */
export function weekdayOf(day: number): number {
  return (((day + FIRST_WEEKDAY) % 7) + 7) % 7;
}

/** The Monday on or before a day; both in days since 1970. */
export function mondayOf(day: number): number {
  return day - weekdayOf(day);
}

/** The first of a day's month; both in days since 1970. */
export function firstOfMonth(day: number): number {
  const date = new Date(day * SECONDS_PER_DAY * 1000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / 1000 / SECONDS_PER_DAY;
}

/** Days since 1970 -> 2026-11-24. */
export function isoDay(day: number): string {
  return new Date(day * SECONDS_PER_DAY * 1000).toISOString().slice(0, 10);
}

/** 2026-11-24 -> days since 1970. */
export function dayOfIso(iso: string): number {
  return Date.parse(`${iso}T00:00:00Z`) / 1000 / SECONDS_PER_DAY;
}

function addTo(shares: Map<number, Share>, id: number, seconds: number, isBegun: boolean): void {
  let share = shares.get(id);
  if (share === undefined) shares.set(id, (share = { seconds: 0, uses: 0 }));
  share.seconds += seconds;
  if (isBegun) share.uses += 1;
}
