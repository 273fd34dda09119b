/** Parts of a date in a time zone, as `Intl` gives them. */
function partsIn(timezone: string, epochS: number): Record<string, number> {
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
  const parts = format.formatToParts(new Date(epochS * 1000));
  return Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
}

/**
 * The first second of the day in which `epochS` lies in the lab's time zone (IANA name).
 * Worked row: 15:42 in Rome on 24 November 2026 -> 2026-11-23T23:00:00Z. On the two days a year on
 * which the clocks change, the offset at midnight counts.
 */
export function startOfDayS(epochS: number, timezone: string): number {
  const now = partsIn(timezone, epochS);
  const sinceMidnightS =
    (now['hour'] ?? 0) * 3600 + (now['minute'] ?? 0) * 60 + (now['second'] ?? 0);
  const guess = Math.floor(epochS) - sinceMidnightS;
  const there = partsIn(timezone, guess);
  const hour = there['hour'] ?? 0;
  const shiftS = hour * 3600 + (there['minute'] ?? 0) * 60 + (there['second'] ?? 0);
  return hour < 12 ? guess - shiftS : guess + (86_400 - shiftS);
}
