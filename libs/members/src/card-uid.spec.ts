import { cardEnding, cardUidFromReader, normalizeCardUid } from './card-uid';

test.each([
  ['0badf00d', '0badf00d'],
  ['ABCD1234', 'abcd1234'],
  ['', null],
  ['1234', null],
  ['00000000', null],
  [' badf00d', null],
  ['0badf00d0', null],
  ['xyzxyzxy', null],
  [null, null],
  [undefined, null],
  [12345678, null],
  [['0badf00d'], null],
  [{ uid: '0badf00d' }, null],
])('normalizeCardUid(%j) is %j', (uid, expected) => {
  expect(normalizeCardUid(uid)).toBe(expected);
});

test.each([
  ['04:A1:B2:C3:D4:E5:F6', 'c3b2a104'],
  ['04a1b2c3d4e5f6', 'c3b2a104'],
  ['04 a1 b2 c3 d4 e5 f6 07 08 09', 'c3b2a104'],
  ['0BADF00D', '0badf00d'],
  ['04a1b2c3d4', null],
  ['hello', null],
  ['', null],
])('cardUidFromReader(%j) is %j', (text, expected) => {
  expect(cardUidFromReader(text)).toBe(expected);
});

test('a page shows four digits of a card', () => {
  expect(cardEnding('0badf00d')).toBe('F00D');
});
