import { dayCount, noonOf, weeklyMean } from './statistics-range';

test('the mean of a day takes the six days before it along', () => {
  expect(weeklyMean([7, 0, 0, 0, 0, 0, 0, 14])).toEqual([7, 3.5, 7 / 3, 7 / 4, 7 / 5, 7 / 6, 1, 2]);
});

test('days are counted with both ends', () => {
  expect(dayCount('2026-11-24', '2026-11-24')).toBe(1);
  expect(dayCount('2026-02-28', '2026-03-01')).toBe(2);
  expect(noonOf('2026-11-24')).toBe('2026-11-24T12:00:00.000Z');
});
