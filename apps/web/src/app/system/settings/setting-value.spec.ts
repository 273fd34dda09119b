import { fits } from './setting-value';

test.each([
  ['', true],
  ['PORT', true],
  ['broker porta', true],
  ['perche', true],
  ['mail', false],
])('a search for %j fits: %s', (search, expected) => {
  expect(fits(search, ['MQTT.port', 'La porta del broker', 'Perché'])).toBe(expected);
});
