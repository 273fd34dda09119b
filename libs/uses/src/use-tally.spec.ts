import { LabZone } from '@fabomatic/kernel';
import { dayOfIso, firstOfMonth, isoDay, mondayOf, UseTally, weekdayOf } from './use-tally';

const ROME = new LabZone('Europe/Rome');
const at = (iso: string) => Date.parse(iso) / 1000;
const HOUR = 3600;

function tally(
  from: string,
  days: number,
  ...uses: [start: string, hours: number, member?: number][]
) {
  const made = new UseTally(ROME, dayOfIso(from), days);
  const { range } = made;
  for (const [start, hours, memberId = 1] of uses) {
    const startedAtS = at(start);
    made.add({ startedAtS, endedAtS: startedAtS + hours * HOUR, machineId: 7, memberId }, range);
  }
  return made;
}

test('a use is spread over the hours of the lab in which it lies', () => {
  // 14:30 to 17:00 in Rome, a Tuesday.
  const made = tally('2026-11-24', 1, ['2026-11-24T13:30:00Z', 2.5]);
  const tuesday = made.week()[1] ?? [];
  expect(tuesday.slice(13, 18)).toEqual([0, HOUR / 2, HOUR, HOUR, 0]);
  expect(made.spans((day) => day)).toEqual([{ from: '2026-11-24', seconds: 2.5 * HOUR, uses: 1 }]);
});

test('a use over midnight counts on both days, and as one use on the first', () => {
  const made = tally('2026-11-24', 2, ['2026-11-24T22:00:00Z', 3]);
  expect(made.spans((day) => day)).toEqual([
    { from: '2026-11-24', seconds: HOUR, uses: 1 },
    { from: '2026-11-25', seconds: 2 * HOUR, uses: 0 },
  ]);
});

test('only the part within the range counts', () => {
  const made = tally('2026-11-24', 1, ['2026-11-23T22:00:00Z', 2], ['2026-11-24T22:30:00Z', 9]);
  expect(made.seconds).toBe(1.5 * HOUR);
  expect(made.uses).toBe(1);
  expect(made.machines.get(7)).toEqual({ seconds: 1.5 * HOUR, uses: 1 });
  expect(tally('2026-11-24', 1, ['2026-11-20T22:00:00Z', 2]).machines.size).toBe(0);
});

test('the days on which the clocks change keep all their seconds', () => {
  const spring = tally('2026-03-29', 1, ['2026-03-28T23:00:00Z', 23]);
  expect(spring.seconds).toBe(23 * HOUR);
  expect(spring.week()[6]?.[2]).toBe(0);
  const autumn = tally('2026-10-25', 1, ['2026-10-24T22:00:00Z', 25]);
  expect(autumn.seconds).toBe(25 * HOUR);
  expect(autumn.week()[6]?.[2]).toBe(2 * HOUR);
});

test('weeks begin on Monday, months on their first, the range where it begins', () => {
  const made = tally('2026-11-26', 7, ['2026-11-30T10:00:00Z', 1], ['2026-12-01T10:00:00Z', 2]);
  expect(made.spans(mondayOf).map(({ from, uses }) => [from, uses])).toEqual([
    ['2026-11-26', 0],
    ['2026-11-30', 2],
  ]);
  expect(made.spans(firstOfMonth).map(({ from, seconds }) => [from, seconds])).toEqual([
    ['2026-11-26', HOUR],
    ['2026-12-01', 2 * HOUR],
  ]);
});

test.each([
  [[], null],
  [[2], 2],
  [[4, 1], 2.5],
  [[5, 1, 2], 2],
] as const)('the median of %j hours is %p', (hours, median) => {
  const uses = hours.map((h): [string, number] => ['2026-11-24T08:00:00Z', h]);
  const found = tally('2026-11-24', 1, ...uses).median();
  expect(found).toBe(median === null ? null : median * HOUR);
});

test('members are told apart; a use without one counts for the machine only', () => {
  const made = tally(
    '2026-11-24',
    1,
    ['2026-11-24T08:00:00Z', 1, 3],
    ['2026-11-24T09:00:00Z', 2, 4],
  );
  made.add(
    {
      startedAtS: at('2026-11-24T12:00:00Z'),
      endedAtS: at('2026-11-24T13:00:00Z'),
      machineId: 8,
      memberId: null,
    },
    made.range,
  );
  expect([...made.members]).toEqual([
    [3, { seconds: HOUR, uses: 1 }],
    [4, { seconds: 2 * HOUR, uses: 1 }],
  ]);
  expect(made.seconds).toBe(4 * HOUR);
});

test('days, and their weekdays', () => {
  expect(isoDay(dayOfIso('2026-02-28') + 1)).toBe('2026-03-01');
  expect(weekdayOf(dayOfIso('2026-11-23'))).toBe(0);
  expect(weekdayOf(dayOfIso('1969-12-31'))).toBe(2);
});
