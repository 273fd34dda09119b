/** What calendars and clocks show: months from 1, hours from 0. */
export interface ClockParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Time zone -> its format: to make one takes ten times as long as to use it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clock shows in the time zone (IANA name). Worked row: 0 s, Europe/Rome -> 1970-01-01 01:00. */
export function clockParts(epochS: number, timezone: string): ClockParts {
  const parts = formatOf(timezone).formatToParts(new Date(epochS * 1000));
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((each) => each.type === type)?.value ?? 0);
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  };
}

function formatOf(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timezone, format);
  return format;
}
