import { type CalendarDay, dayOfWallS, startOfCalendarDayS } from './calendar-day';
import { SECONDS_PER_DAY } from './units';
import { clockParts } from './zone-clock';

/** Zones change their offset on a quarter of an hour. */
const STEP_S = 900;

/**
 * The clock on the lab's wall. `Intl` takes microseconds for each answer, so that offsets are kept:
 * one for each day (UTC), and on the two days a year that have two, one for each quarter of an hour.
 */
export class LabZone {
  /** Key: day since 1970 (UTC); value: its offset, or null when it changes within the day. */
  private readonly days = new Map<number, number | null>();
  private readonly steps = new Map<number, number>();

  /** `timezone`: an IANA name. */
  constructor(readonly timezone: string) {}

  /** Seconds by which the lab's clock is ahead of UTC. Rome: 3600, in summer 7200. */
  offsetS(epochS: number): number {
    const day = Math.floor(epochS / SECONDS_PER_DAY);
    let offset = this.days.get(day);
    if (offset === undefined) {
      const [first, last] = [
        this.ask(day * SECONDS_PER_DAY),
        this.ask((day + 1) * SECONDS_PER_DAY),
      ];
      offset = first === last ? first : null;
      this.days.set(day, offset);
    }
    return offset ?? this.offsetOfStep(Math.floor(epochS / STEP_S));
  }

  /**
   * What the lab's clock shows, as if it were UTC: seconds that `new Date(s * 1000)` reads back with
   * its UTC methods. Worked row: noon in Rome in November (11:00 UTC) -> noon.
   */
  wallS(epochS: number): number {
    return epochS + this.offsetS(epochS);
  }

  /** The epoch second at which the lab's clock shows this; a time that is skipped gives the next. */
  epochOfWallS(wallS: number): number {
    const guess = wallS - this.offsetS(wallS);
    return wallS - this.offsetS(guess);
  }

  /** The day on the lab's calendar: 23:30 UTC on 24 November is the 25th in Rome. */
  day(epochS: number): CalendarDay {
    return dayOfWallS(this.wallS(epochS));
  }

  /** The epoch second at which that day begins in the lab. */
  startOfDayS(day: CalendarDay): number {
    return this.epochOfWallS(startOfCalendarDayS(day));
  }

  private offsetOfStep(step: number): number {
    const known = this.steps.get(step);
    if (known !== undefined) return known;
    const offset = this.ask(step * STEP_S);
    this.steps.set(step, offset);
    return offset;
  }

  private ask(epochS: number): number {
    const { year, month, day, hour, minute, second } = clockParts(epochS, this.timezone);
    return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - Math.floor(epochS);
  }
}
