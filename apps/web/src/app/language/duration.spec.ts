import { durationParts } from './duration';

const text = (durationS: number) =>
  durationParts(durationS)
    .map(({ figure, unit }) => `${figure} ${unit}`)
    .join(' ');

test.each([
  [-5, '0 s'],
  [0, '0 s'],
  [59.9, '59 s'],
  [60, '1 min'],
  [2280, '38 min'],
  [3599, '59 min'],
  [3600, '1 h 00 min'],
  [7500, '2 h 05 min'],
  [360_000, '100 h 00 min'],
])('%d s is %s', (durationS, expected) => {
  expect(text(durationS)).toBe(expected);
});
