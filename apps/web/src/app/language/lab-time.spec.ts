import { fromWallClock, toWallClock } from './lab-time';

test.each([
  ['2026-11-24T15:42', 'Europe/Rome', '2026-11-24T14:42:00.000Z'],
  ['2026-07-01T00:00', 'Europe/Rome', '2026-06-30T22:00:00.000Z'],
  ['2026-03-29T03:30', 'Europe/Rome', '2026-03-29T01:30:00.000Z'], // the hour after the change
  ['2026-11-24T09:12', 'America/New_York', '2026-11-24T14:12:00.000Z'],
])('%s in %s is %s', (wallClock, zone, iso) => {
  expect(fromWallClock(wallClock, zone)).toBe(iso);
  expect(toWallClock(iso, zone)).toBe(wallClock);
});

test('what is no time is none', () => {
  expect(fromWallClock('T00:00:00', 'Europe/Rome')).toBeNull();
});
