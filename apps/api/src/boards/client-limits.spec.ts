import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { Client } from 'aedes';
import { ClientLimits } from './client-limits';

/** As far as the limits look at it. */
const socketFrom = (remoteAddress: string) =>
  Object.assign(new EventEmitter(), { remoteAddress }) as unknown as Socket;

test.each([
  ['addresses of one IPv6 network', (n: number) => `2001:db8:0:1::${n.toString(16)}`],
  ['one IPv4 address in two notations', (n: number) => (n % 2 ? '::ffff:' : '') + '192.0.2.1'],
])('%s share the connections of one address', (_, addressOf) => {
  const limits = new ClientLimits();
  const sockets = Array.from({ length: 300 }, (__, n) => socketFrom(addressOf(n)));
  const admitted = sockets.filter((socket) => limits.admit(socket));
  expect(admitted).toHaveLength(250);
  expect(limits.admit(socketFrom('2001:db8:0:2::1'))).toBe(true);
  admitted[0]?.emit('close');
  expect(limits.admit(socketFrom(addressOf(0)))).toBe(true);
  expect(limits.admit(socketFrom(addressOf(1)))).toBe(false);
});

test('networks that fill all other places leave the last hundred to networks of boards', () => {
  const limits = new ClientLimits();
  const board = socketFrom('192.0.2.7');
  limits.noteBoard({ conn: board } as Client);
  const strangers = Array.from({ length: 500 }, (_, n) => socketFrom(`198.51.100.${n % 3}`));
  const admitted = strangers.filter((socket) => limits.admit(socket));
  expect(admitted).toHaveLength(400);
  for (let n = 0; n < 100; n++) expect(limits.admit(socketFrom('192.0.2.7'))).toBe(true);
  expect(limits.admit(socketFrom('192.0.2.7'))).toBe(false);
  // A place that a stranger leaves is the board's, since there are more than 400.
  admitted[0]?.emit('close');
  expect(limits.admit(socketFrom('203.0.113.1'))).toBe(false);
  expect(limits.admit(socketFrom('192.0.2.7'))).toBe(true);
});
