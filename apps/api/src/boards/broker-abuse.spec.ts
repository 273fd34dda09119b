import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NewBoardAccountView } from '@fabomatic/boards';
import { connect as connectClient, connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { CARDS, furnish, MACHINES } from '../testing/cast';
import { TestApi } from '../testing/test-api';
import { TestLab, until } from '../testing/test-lab';

/** What whoever reaches the embedded broker may try with the rest of MQTT. */
jest.setTimeout(60_000);

const { laser, lathe } = MACHINES;
const CHECK_CARD = JSON.stringify({ action: 'checkuser', uid: CARDS.ada });
const REFUSED = 128;

let lab: TestLab;
let account: NewBoardAccountView;
const clients: MqttClient[] = [];

beforeAll(async () => {
  lab = await TestLab.start({ environment: { FABOMATIC_MQTT_BOARD_ACCOUNTS: 'optional' } });
  await furnish(lab);
  const api = await TestApi.as(lab, 'machines');
  const { body } = await api.post('board-accounts', { machineId: laser }).expect(201);
  account = body as NewBoardAccountView;
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.endAsync(true);
});
afterAll(() => lab.remove());

async function connect(options: IClientOptions = {}): Promise<MqttClient> {
  const { port } = lab.settings.mqtt;
  const client = await connectAsync({ host: '127.0.0.1', port, reconnectPeriod: 0, ...options });
  client.on('error', () => undefined);
  clients.push(client);
  return client;
}

const asBoard = (options: IClientOptions = {}) =>
  connect({ username: account.user, password: account.password, clientId: 'LASER', ...options });

/** What the broker grants for each filter: the quality of service, or 128. */
async function granted(client: MqttClient, filters: string[]): Promise<number[]> {
  const acknowledged = new Promise<number[]>((resolve) => {
    client.on('packetreceive', (packet) => {
      if (packet.cmd === 'suback') resolve([...packet.granted].map(Number));
    });
  });
  // Refusals reject, and stand in the acknowledgement as well.
  await client.subscribeAsync(filters).catch(() => undefined);
  return acknowledged;
}

it('nobody speaks in the broker’s own name, which would throw others off', async () => {
  const board = await asBoard();
  const guest = await connect();
  guest.publish(`$SYS/another/new/clients`, `account/${account.user}/LASER`);
  await until(() => !guest.connected);
  expect(board.connected).toBe(true);
});

it('nobody is told who is connected', async () => {
  const guest = await connect();
  const heard: string[] = [];
  guest.on('message', (topic) => heard.push(topic));
  expect(await granted(guest, ['$SYS/#', '$SYS/+/new/clients', '$share/x/#', '#'])).toEqual([
    REFUSED,
    REFUSED,
    REFUSED,
    0,
  ]);
  await connect({ clientId: 'somebody' });
  await sleep(200);
  expect(heard.filter((topic) => topic.startsWith('$'))).toEqual([]);
});

it('a board with an account subscribes to nothing but its own, and not to wildcards', async () => {
  const board = await asBoard();
  const filters = ['#', '+/+', 'machine/#', `machine/${laser}/+`, `machine/${laser}/reply`];
  expect(await granted(board, filters)).toEqual([REFUSED, REFUSED, REFUSED, REFUSED, 0]);
});

it('a hundred subscriptions are one client’s, also when they come at once', async () => {
  const guest = await connect();
  const filters = Array.from({ length: 3000 }, (_, n) => `sensor/${n}`);
  const grants = await granted(guest, filters);
  expect(grants.filter((grant) => grant !== REFUSED)).toHaveLength(100);
});

it('topics are short', async () => {
  const [guest, sender] = [await connect(), await connect()];
  const long = `sensor/${'x'.repeat(500)}`;
  expect(await granted(guest, [long, 'sensor/x'])).toEqual([REFUSED, 0]);
  sender.publish(long, 'x', { retain: true });
  await until(() => !sender.connected);
});

it('what is kept for later is small, all together', async () => {
  const sender = await connect();
  const payload = Buffer.alloc(60_000);
  for (let n = 0; n < 40; n++) {
    await sender.publishAsync(`kept/${n}`, payload, { retain: true, qos: 1 });
  }
  await sender.publishAsync('kept/huge', Buffer.alloc(900_000), { retain: true, qos: 1 });
  await sender.publishAsync('kept/small', 'x', { retain: true, qos: 1 });
  const reader = await connect();
  let bytes = 0;
  const topics = new Set<string>();
  reader.on('message', (topic, content) => {
    topics.add(topic);
    bytes += content.length;
  });
  await reader.subscribeAsync('kept/#', { qos: 1 });
  await until(() => topics.has('kept/small'));
  await sleep(300);
  expect(topics.has('kept/huge')).toBe(false);
  expect(bytes).toBeGreaterThan(60_000);
  expect(bytes).toBeLessThanOrEqual(1_048_576);
  // What was taken away makes room.
  for (let n = 0; n < 40; n++) await sender.publishAsync(`kept/${n}`, '', { retain: true, qos: 1 });
  await sender.publishAsync('kept/later', payload, { retain: true, qos: 1 });
  const second = await connect();
  const later: string[] = [];
  second.on('message', (topic) => later.push(topic));
  await second.subscribeAsync('kept/later');
  await until(() => later.length === 1);
  await sender.publishAsync('kept/small', '', { retain: true });
  await sender.publishAsync('kept/later', '', { retain: true, qos: 1 });
});

it('a last will is as little as any other word: not for another machine, not from a guest', async () => {
  const before = lab.counters.received;
  const listener = await connect();
  const heard: string[] = [];
  listener.on('message', (topic) => heard.push(topic));
  await listener.subscribeAsync('#');
  const will = (topic: string) =>
    ({ will: { topic, payload: CHECK_CARD, qos: 0, retain: true } }) as const;
  const own = await asBoard({ ...will(`machine/${laser}`), clientId: 'OWN' });
  const other = await asBoard({ ...will(`machine/${lathe}`), clientId: 'OTHER' });
  const guest = await connect(will(`machine/${laser}`));
  const system = await connect(will('$SYS/another/new/clients'));
  const wild = await connect(will('machine/#'));
  for (const client of [other, guest, system, wild, own]) client.stream.destroy();
  // The board's own last will is heard, and nothing else.
  await until(() => lab.counters.received > before);
  await sleep(300);
  expect(lab.counters.received).toBe(before + 1);
  expect(heard).toEqual([]);
});

it('a last will is short', async () => {
  const { port } = lab.settings.mqtt;
  const will = { topic: 'x', payload: Buffer.alloc(5000), qos: 0, retain: false } as const;
  const client = connectClient({ host: '127.0.0.1', port, reconnectPeriod: 0, will });
  let isIn = false;
  client.on('connect', () => (isIn = true));
  await new Promise<void>((resolve) => client.once('close', () => resolve()));
  expect(isIn).toBe(false);
});

it('two networks that open connections without end do not shut out a board with an account', async () => {
  const { port } = lab.settings.mqtt;
  await (await asBoard()).endAsync();
  const sockets = Array.from({ length: 500 }, (_, n) => {
    const socket = connectTcp({ port, host: '127.0.0.1', localAddress: `127.0.0.${2 + (n % 2)}` });
    return socket.on('error', () => undefined).resume();
  });
  await Promise.race(sockets.map((socket) => once(socket, 'close')));
  await until(() => sockets.filter((socket) => socket.closed).length === 100);
  const stranger = connectTcp({ port, host: '127.0.0.1', localAddress: '127.0.0.4' });
  stranger.on('error', () => undefined).resume();
  await once(stranger, 'close');
  expect((await asBoard()).connected).toBe(true);
  for (const socket of sockets) socket.destroy();
  await until(() => sockets.every((socket) => socket.closed));
});
