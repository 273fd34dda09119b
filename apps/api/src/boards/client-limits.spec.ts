import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
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
