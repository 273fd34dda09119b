import { clockParts, SECONDS_PER_DAY } from '@fabomatic/kernel';

/** Days from 1 January 1970 to the day that calendars in the time zone show. */
export function labDay(epochS: number, timezone: string): number {
  const { year, month, day } = clockParts(epochS, timezone);
  return Date.UTC(year, month - 1, day) / 1000 / SECONDS_PER_DAY;
}
