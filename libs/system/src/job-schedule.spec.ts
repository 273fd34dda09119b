import { fromIso, toIso } from '@fabomatic/kernel';
import { type JobSchedule, latestDueS, nextDueS, parseJobSchedule } from './job-schedule';

const ROME = 'Europe/Rome';

function schedule(text: string): JobSchedule {
  const parsed = parseJobSchedule(text);
  if (parsed === null) throw new Error(`no schedule: ${text}`);
  return parsed;
}

test.each([
  // schedule, asked at, latest, next
  ['daily 03:30', '2026-11-24T01:00:00Z', '2026-11-23T02:30:00.000Z', '2026-11-24T02:30:00.000Z'],
  ['daily 03:30', '2026-11-24T02:30:00Z', '2026-11-24T02:30:00.000Z', '2026-11-25T02:30:00.000Z'],
  ['daily 00:00', '2026-11-23T23:00:00Z', '2026-11-23T23:00:00.000Z', '2026-11-24T23:00:00.000Z'],
  ['monday 07:00', '2026-11-24T12:00:00Z', '2026-11-23T06:00:00.000Z', '2026-11-30T06:00:00.000Z'],
  ['sunday 23:59', '2026-11-24T12:00:00Z', '2026-11-22T22:59:00.000Z', '2026-11-29T22:59:00.000Z'],
  // The clocks go forward on 29 March 2026 at 02:00, and back on 25 October at 03:00.
  ['daily 03:30', '2026-03-29T12:00:00Z', '2026-03-29T01:30:00.000Z', '2026-03-30T01:30:00.000Z'],
  ['daily 23:00', '2026-03-29T12:00:00Z', '2026-03-28T22:00:00.000Z', '2026-03-29T21:00:00.000Z'],
  ['daily 23:30', '2026-03-29T12:00:00Z', '2026-03-28T22:30:00.000Z', '2026-03-29T21:30:00.000Z'],
  ['daily 03:30', '2026-10-25T12:00:00Z', '2026-10-25T02:30:00.000Z', '2026-10-26T02:30:00.000Z'],
])('%s, asked at %s', (text, now, latest, next) => {
  const nowS = fromIso(now);
  expect(toIso(latestDueS(schedule(text), nowS, ROME))).toBe(latest);
  expect(toIso(nextDueS(schedule(text), nowS, ROME))).toBe(next);
});

test('a time that the clocks leave out is made up for on the same day', () => {
  const dueS = latestDueS(schedule('daily 02:30'), fromIso('2026-03-29T12:00:00Z'), ROME);
  expect(toIso(dueS).slice(0, 10)).toBe('2026-03-29');
});

test.each(['', 'daily', 'daily 24:00', 'daily 3:30', 'mon 03:30', 'daily 03:30 x', '30 3 * * *'])(
  '"%s" is no schedule',
  (text) => expect(parseJobSchedule(text)).toBeNull(),
);
