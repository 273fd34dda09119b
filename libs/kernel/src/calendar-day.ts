import * as z from 'zod';
import { SECONDS_PER_DAY } from './units';

/** A day of the calendar without a time zone: '2026-11-24'. Days compare as texts do. */
export const CalendarDay = z.iso.date();
export type CalendarDay = z.infer<typeof CalendarDay>;

/** Worked row: '2026-03-01' and -1 -> '2026-02-28'. */
export function addDays(day: CalendarDay, days: number): CalendarDay {
  return dayOfWallS(startOfCalendarDayS(day) + days * SECONDS_PER_DAY);
}

/** The day of what a clock on the wall shows, as `LabZone.wallS` gives it. */
export function dayOfWallS(wallS: number): CalendarDay {
  return new Date(wallS * 1000).toISOString().slice(0, 'yyyy-mm-dd'.length);
}

/** Midnight on the wall, as `LabZone.epochOfWallS` takes it. */
export function startOfCalendarDayS(day: CalendarDay): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000;
}
