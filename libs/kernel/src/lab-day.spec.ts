import { startOfDayS } from './lab-day';

const at = (iso: string) => Date.parse(iso) / 1000;

test.each([
  ['an afternoon', '2026-11-24T14:42:00Z', 'Europe/Rome', '2026-11-23T23:00:00Z'],
  ['the first second', '2026-11-23T23:00:00Z', 'Europe/Rome', '2026-11-23T23:00:00Z'],
  ['the last second', '2026-11-24T22:59:59Z', 'Europe/Rome', '2026-11-23T23:00:00Z'],
  ['the day the clocks go forward', '2026-03-29T12:00:00Z', 'Europe/Rome', '2026-03-28T23:00:00Z'],
  ['the day the clocks go back', '2026-10-25T12:00:00Z', 'Europe/Rome', '2026-10-24T22:00:00Z'],
  ['a zone behind UTC', '2026-11-24T03:00:00Z', 'America/New_York', '2026-11-23T05:00:00Z'],
  ['a zone of half hours', '2026-11-24T00:00:00Z', 'Asia/Kolkata', '2026-11-23T18:30:00Z'],
  ['UTC', '2026-11-24T23:59:59Z', 'UTC', '2026-11-24T00:00:00Z'],
])('%s', (_why, now, zone, start) => {
  expect(startOfDayS(at(now), zone)).toBe(at(start));
});
