import { satisfies } from './node-version.mjs';

const RANGE = '^20.19.0 || ^22.13.0 || >=24.11.0';

it.each([
  ['20.19.0', true],
  ['20.20.2', true],
  ['20.18.9', false],
  ['21.7.0', false],
  ['22.12.0', false],
  ['22.13.1', true],
  ['23.11.0', false],
  ['24.10.0', false],
  ['24.11.0', true],
  ['26.0.0', true],
  ['8.17.0', false],
])('Node %s -> %s', (version, expected) => {
  expect(satisfies(version, RANGE)).toBe(expected);
});
