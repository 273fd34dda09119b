import { durationParts } from './duration';

test.each([
  [0, '0 s'],
  [45.9, '45 s'],
  [60, '1 min'],
  [2280, '38 min'],
  [3600, '1 h 00 min'],
  [7500, '2 h 05 min'],
  [360_000, '100 h 00 min'],
  [-3, '0 s'],
])('%d seconds read %s', (seconds, text) => {
  const parts = durationParts(seconds).map(({ figure, unit }) => `${figure} ${unit}`);
  expect(parts.join(' ')).toBe(text);
});
