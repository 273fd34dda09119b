import { clockParts, SECONDS_PER_HOUR } from '@fabomatic/kernel';
import { labDay } from './lab-time';
import { lastWeek } from './summary-week';

const at = (iso: string) => Date.parse(iso) / 1000;
const iso = (epochS: number) => new Date(epochS * 1000).toISOString().replace(':00.000', '');

test.each([
  // A week like any other, from its first second to its last.
  ['2026-11-23T00:00:00+01:00', '2026-11-15T23:00Z', '2026-11-22T23:00Z', 168],
  ['2026-11-29T23:59:59+01:00', '2026-11-15T23:00Z', '2026-11-22T23:00Z', 168],
  ['2026-11-30T00:00:00+01:00', '2026-11-22T23:00Z', '2026-11-29T23:00Z', 168],
  // The week in which clocks go forward (29 March), and the one in which they go back (25 October).
  ['2026-03-30T07:00:00+02:00', '2026-03-22T23:00Z', '2026-03-29T22:00Z', 167],
  ['2026-10-26T07:00:00+01:00', '2026-10-18T22:00Z', '2026-10-25T23:00Z', 169],
  // Within the Sunday on which they change, it is still the week before.
  ['2026-03-29T12:00:00+02:00', '2026-03-15T23:00Z', '2026-03-22T23:00Z', 168],
  ['2026-10-25T02:30:00+01:00', '2026-10-11T22:00Z', '2026-10-18T22:00Z', 168],
])('[B25] [C26] in Rome at %s it is %s to %s', (now, from, to, hours) => {
  const week = lastWeek(at(now), 'Europe/Rome');
  expect([iso(week.fromS), iso(week.toS)]).toEqual([from, to]);
  expect((week.toS - week.fromS) / SECONDS_PER_HOUR).toBe(hours);
});

test('[B25] a run on a Sunday does not count that Sunday', () => {
  const sunday = at('2026-11-22T09:00:00+01:00');
  expect(lastWeek(sunday, 'Europe/Rome').toS).toBe(at('2026-11-16T00:00:00+01:00'));
});

/** Zones whose clocks change at 02:00, at 01:00 UTC, by half an hour, at midnight, or never. */
test.each([
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Africa/Cairo',
  'Asia/Kolkata',
])('[B25] in %s every moment of two years has seven whole days before it', (zone) => {
  const end = at('2027-01-02T00:00:00Z');
  const ends = new Map<number, number>();
  for (let now = at('2025-01-01T00:00:00Z'); now < end; now += 7 * SECONDS_PER_HOUR) {
    const { fromS, toS } = lastWeek(now, zone);
    expect(toS).toBeLessThanOrEqual(now);
    // It is over since less than seven days.
    expect(labDay(now, zone) - labDay(toS, zone)).toBeLessThan(7);
    // The moments of one week have the same week before them, which is looked at once.
    if (ends.has(toS)) {
      expect(fromS).toBe(ends.get(toS));
      continue;
    }
    expect(labDay(toS, zone) - labDay(fromS, zone)).toBe(7);
    // Half-open: the second before its first one is of another day, and so is its end.
    expect(labDay(fromS - 1, zone)).toBe(labDay(fromS, zone) - 1);
    expect(labDay(toS - 1, zone)).toBe(labDay(toS, zone) - 1);
    expect((labDay(fromS, zone) - 4) % 7).toBe(0);
    // It begins when the day does: at midnight, or at one where there is no midnight that day.
    expect(clockParts(fromS, zone).minute).toBe(0);
    expect(clockParts(fromS, zone).hour).toBeLessThanOrEqual(1);
    ends.set(toS, fromS);
  }
  // One week begins where the one before ends.
  const sorted = [...ends].sort(([a], [b]) => a - b);
  for (const [place, [, fromS]] of sorted.entries()) {
    if (place > 0) expect(fromS).toBe(sorted[place - 1]?.[0]);
  }
  expect(sorted.length).toBeGreaterThan(2 * 52);
});
