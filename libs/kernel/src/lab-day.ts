import { clockParts } from './zone-clock';

/**
 * The first second of the day in which `epochS` lies in the lab's time zone (IANA name).
 * Worked row: 15:42 in Rome on 24 November 2026 -> 2026-11-23T23:00:00Z. On the two days a year on
 * which the clocks change, the offset at midnight counts.
 */
export function startOfDayS(epochS: number, timezone: string): number {
  const now = clockParts(epochS, timezone);
  const guess = Math.floor(epochS) - (now.hour * 3600 + now.minute * 60 + now.second);
  const there = clockParts(guess, timezone);
  const shiftS = there.hour * 3600 + there.minute * 60 + there.second;
  return there.hour < 12 ? guess - shiftS : guess + (86_400 - shiftS);
}
