import { SECONDS_PER_DAY, startOfDayS } from '@fabomatic/kernel';
import { labDay } from './lab-time';

const DAYS_PER_WEEK = 7;
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY_DAY = 4;

/** `fromS` belongs to the week, `toS` is the first second of the next one. */
export interface SummaryWeek {
  readonly fromS: number;
  readonly toS: number;
}

/**
 * The last week that is over, Monday to Sunday by the calendar of the lab: exactly seven days, of
 * 167 or 169 hours when the clocks change. Worked row: any time from Monday 23 November 2026, 00:00
 * in Rome, to Sunday 29 November, 23:59 -> 16 November 00:00 to 23 November 00:00.
 */
export function lastWeek(nowS: number, timezone: string): SummaryWeek {
  const sinceMonday =
    (((labDay(nowS, timezone) - FIRST_MONDAY_DAY) % DAYS_PER_WEEK) + DAYS_PER_WEEK) % DAYS_PER_WEEK;
  const toS = midnightBefore(nowS, sinceMonday, timezone);
  return { fromS: midnightBefore(toS, DAYS_PER_WEEK, timezone), toS };
}

/** Counts from noon to noon: a day further from there is the next day even when clocks change. */
function midnightBefore(epochS: number, days: number, timezone: string): number {
  const noonS = startOfDayS(epochS, timezone) + SECONDS_PER_DAY / 2;
  return startOfDayS(noonS - days * SECONDS_PER_DAY, timezone);
}
