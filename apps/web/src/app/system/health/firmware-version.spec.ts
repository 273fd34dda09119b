import { isOlder, newestOf } from './firmware-version';

test('versions are compared part by part, as numbers', () => {
  expect(newestOf(['0.9.2', '0.10.0', '0.8.4'])).toBe('0.10.0');
  expect(isOlder('0.9.2', '0.10.0')).toBe(true);
  expect(isOlder('0.10.0', '0.10.0')).toBe(false);
  expect(isOlder('1.0', '1.0.1')).toBe(true);
  expect(newestOf([])).toBe('');
});
