import { byHandProblem, CLOSE_AFTER_SILENCE_S, mayCloseByHand } from './use-by-hand';

const NOW = 1_764_000_000;
const HOUR = 3600;

test.each<[string, number, number, boolean, string | null]>([
  ['an hour that is over', -2 * HOUR, -HOUR, false, null],
  ['up to this minute', -HOUR, 30, false, null],
  ['[41] an end before the start', -HOUR, -2 * HOUR, false, 'endedAt use.end_before_start'],
  ['no time at all', -HOUR, -HOUR, false, 'endedAt use.end_before_start'],
  ['a start in the future', HOUR, 2 * HOUR, false, 'startedAt use.in_future'],
  ['an end in the future', -HOUR, HOUR, false, 'endedAt use.in_future'],
  ['a day', -25 * HOUR, -HOUR, false, null],
  ['more than a day', -26 * HOUR, -HOUR, false, 'endedAt use.long_unconfirmed'],
  ['more than a day, and meant', -26 * HOUR, -HOUR, true, null],
  ['more than a week, and meant', -170 * HOUR, -HOUR, true, 'endedAt use.too_long'],
])('%s', (_, start, end, isLongMeant, expected) => {
  const found = byHandProblem({ startedAtS: NOW + start, endedAtS: NOW + end }, isLongMeant, NOW);
  expect(found && `${found.field} ${found.code}`).toBe(expected);
});

test('a use is closed by hand when its board has been silent for ten minutes', () => {
  expect(mayCloseByHand(NOW - CLOSE_AFTER_SILENCE_S, NOW)).toBe(true);
  expect(mayCloseByHand(NOW - CLOSE_AFTER_SILENCE_S + 1, NOW)).toBe(false);
});
