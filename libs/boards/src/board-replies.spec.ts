import {
  encodeForBoard,
  machineState,
  MAX_PACKET_BYTES,
  refuseCard,
  acceptCard,
} from './board-replies';
import { displayText } from './display-text';
import { machineIdOf } from './board-topics';

test.each([
  ['LASER', 14, 'LASER'],
  ['Università di Bergamo', 15, 'Universita di B'],
  ['Niccolò Ünï', 15, 'Niccolo Uni'],
  ['Straße', 15, 'Strasse'],
  ['Łukasz Żółć', 15, 'Lukasz Zolc'],
  ['機械', 14, '??'],
  ['a\u0000b\nc', 14, 'a b c'],
  ['L’officina', 14, "L'officina"],
])('the display shows %j in %i places as %j', (text, width, shown) => {
  expect(displayText(text, width)).toBe(shown);
});

test('all nine fields of a machine are there, clamped to what a board can count', () => {
  const reply = machineState({
    name: 'A very long machine name',
    typeId: 300,
    blocked: true,
    timeoutMin: 100_000,
    graceMin: -3,
    dueMessage: 'Lubrificare càrrello asse X',
  });
  expect(reply).toEqual({
    request_ok: true,
    is_valid: true,
    maintenance: true,
    allowed: false,
    name: 'A very long ma',
    logoff: 65_535,
    type: 0,
    grace: 0,
    description: 'Lubrificare car',
  });
});

test('a card is refused for sure, never with request_ok false', () => {
  expect(refuseCard(false)).toMatchObject({ request_ok: true, is_valid: false, level: 0 });
  expect(acceptCard('Zoë', 1)).toMatchObject({ is_valid: true, name: 'Zoe', level: 1 });
});

describe('encodeForBoard', () => {
  const topic = 'machine/65535/reply';
  const card = { uid: '0badf00d', level: 2 };

  it.each([1, 7, 8, 9, 200])('keeps %i cards within the packet', (count) => {
    const text = encodeForBoard(topic, { request_ok: true, cards: Array(count).fill(card) });
    expect(topic.length + Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_PACKET_BYTES);
    expect(JSON.parse(text).cards.length).toBe(Math.min(count, 8));
  });

  it('counts bytes, not characters', () => {
    const fits = encodeForBoard(topic, { request_ok: true, message: 'é'.repeat(110) });
    expect(JSON.parse(fits).request_ok).toBe(true);
    const tooLong = encodeForBoard(topic, { request_ok: true, message: 'é'.repeat(130) });
    expect(tooLong).toBe('{"request_ok":false}');
  });
});

test.each([
  ['machine/1', 1],
  ['machine/65535', 65_535],
  ['machine/65536', null],
  ['machine/0', null],
  ['machine/001', null],
  ['machine/', null],
  ['machine/abc', null],
  ['machine/1x', null],
  ['machine/²', null],
  ['machine/٣', null],
  ['machine/1/reply', null],
  ['machine', null],
  ['machines/1', null],
  ['Machine/1', null],
])('machineIdOf(%j) is %j', (topic, id) => {
  const names = {
    topic: 'machine',
    replySubtopic: '/reply',
    requestSubtopic: '/request',
    statsTopic: 'stats',
  };
  expect(machineIdOf(names, topic)).toBe(id);
});
