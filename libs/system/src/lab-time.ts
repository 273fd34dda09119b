import { SECONDS_PER_DAY } from '@fabomatic/kernel';

/** Days from 1 January 1970 to the day that calendars in the time zone show. */
export function labDay(epochS: number, timezone: string): number {
  const { year, month, day } = clockParts(epochS, timezone);
  return Date.UTC(year, month - 1, day) / 1000 / SECONDS_PER_DAY;
}

/** What calendars and clocks in the time zone show. */
export function clockParts(epochS: number, timezone: string) {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const found = new Map(
    format.formatToParts(new Date(epochS * 1000)).map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => found.get(type) ?? 0;
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
  };
}
