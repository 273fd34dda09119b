import { once } from 'node:events';
import { connect as connectSocket, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClosedLoop, connectAsBoard, untilConnected } from '@fabomatic/virtual-board';
import { connectAsync, type MqttClient } from 'mqtt';
import { BrokerCounters } from './broker-counters.service';
import { CARDS, furnish } from '../testing/cast';
import { TestLab, until } from '../testing/test-lab';
import { RateLimit } from './rate-limit';

/** What one client does, however fast, must not be felt by the others, nor fill the memory. */
jest.setTimeout(120_000);

const BOARDS = 50;
const FIRST_MACHINE = 100;
/** A board's patience is 2 s; a computer that runs specs is slow. */
const ANSWER_WITHIN_MS = 1500;
const MB = 1024 * 1024;

let lab: TestLab;
beforeAll(async () => {
  lab = await TestLab.start({ environment: { FABOMATIC_MQTT_MAX_MESSAGES_PER_S: '100' } });
  await furnish(lab);
  await lab.change(async (db) => {
    for (let n = 0; n < BOARDS; n++) {
      await db.insert('machines', {
        id: FIRST_MACHINE + n,
        name: `Machine ${n}`,
        type_id: 1,
        created_at: 1_700_000_000,
      });
    }
  });
});
afterAll(() => lab.remove());

const guards = () => lab.app.get(BrokerCounters);
const connectHere = (clientId: string): Promise<MqttClient> =>
  connectAsync({ host: '127.0.0.1', port: lab.settings.mqtt.port, reconnectPeriod: 0, clientId });

/** Sends what it is given as fast as the broker takes it; comes back when it is thrown out. */
async function flood(until_: Promise<unknown>, packets: Buffer): Promise<void> {
  let isOver = false;
  void until_.then(() => (isOver = true));
  const { port } = lab.settings.mqtt;
  while (!isOver) {
    const socket = connectSocket(port, '127.0.0.1');
    socket.on('error', () => undefined); // it is thrown out: that is what it is for
    await Promise.race([happens(socket, 'connect'), sleep(100)]);
    socket.write(connectPacket('FLOOD'));
    // What follows CONNECT too early ends the connection by itself.
    await Promise.race([happens(socket, 'data'), happens(socket, 'close'), sleep(100)]);
    while (!isOver && !socket.destroyed) {
      if (!socket.write(packets)) await Promise.race([happens(socket, 'drain'), sleep(50)]);
      else await sleep(0);
    }
    socket.destroy();
  }
}

/** Unlike `once` of Node it does not mind that the connection is thrown out. */
function happens(socket: Socket, event: string): Promise<void> {
  return new Promise((resolve) => socket.once(event, () => resolve()));
}

function connectPacket(clientId: string): Buffer {
  const id = Buffer.from(clientId);
  const body = Buffer.concat([
    Buffer.from([0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2, 0, 0, 0, id.length]),
    id,
  ]);
  return Buffer.concat([Buffer.from([0x10, body.length]), body]);
}

function publishPacket(topic: string, payload: string): Buffer {
  const body = Buffer.concat([
    Buffer.from([0, topic.length]),
    Buffer.from(topic),
    Buffer.from(payload),
  ]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

it('50 boards are answered in time while one floods, and the memory stays', async () => {
  const broker = { url: `mqtt://127.0.0.1:${lab.settings.mqtt.port}` };
  const clients: MqttClient[] = [];
  for (let n = 0; n < BOARDS; n++) {
    const client = connectAsBoard(broker, `GOOD${n}`);
    await untilConnected(client);
    clients.push(client);
  }
  const message = publishPacket(
    `machine/${FIRST_MACHINE}`,
    `{"action":"checkuser","uid":"${CARDS.ada}"}`,
  );
  const noise = Buffer.concat(Array.from({ length: 500 }, () => message));
  const end = sleep(10_000);
  const before = process.memoryUsage().rss;
  const flooding = flood(end, noise);
  // Each board asks about twice a second, as when everybody taps at once.
  const worst: number[] = [];
  let unanswered = 0;
  let isOver = false;
  void end.then(() => (isOver = true));
  await Promise.all(
    clients.map(async (client, n) => {
      while (!isOver) {
        const loop = new ClosedLoop({
          client,
          machineId: FIRST_MACHINE + n,
          cycle: 'checkuser',
          uid: CARDS.ada,
        });
        // The machine that is flooded hears answers to others' questions: it is the others that count.
        await loop.start();
        const { answerMs, timeouts } = await loop.stop();
        if (n > 0) {
          unanswered += timeouts;
          worst.push(...(answerMs.checkuser ?? []));
        }
        await sleep(400);
      }
    }),
  );
  await flooding;
  const grownMb = (process.memoryUsage().rss - before) / MB;
  const sorted = worst.sort((a, b) => a - b);
  const slowestMs = sorted.at(-1) ?? Infinity;
  process.stdout.write(
    `flood: ${sorted.length} answers, median ${sorted[sorted.length >> 1]?.toFixed(1)} ms, slowest ${slowestMs.toFixed(0)} ms, cut off ${guards().cutOff} times, ${grownMb.toFixed(0)} MB more\n`,
  );
  expect(unanswered).toBe(0);
  expect(sorted.length).toBeGreaterThan(BOARDS);
  expect(slowestMs).toBeLessThan(ANSWER_WITHIN_MS);
  expect(guards().cutOff).toBeGreaterThan(0);
  expect(guards().floodersSince(0)).toEqual([expect.stringContaining('FLOOD')]);
  expect(grownMb).toBeLessThan(150);
  for (const client of clients) await client.endAsync(true);
});

it('a message without an end, or too long a one, ends its connection', async () => {
  const endless = connectSocket(lab.settings.mqtt.port, '127.0.0.1');
  endless.on('error', () => undefined); // it is thrown out
  await once(endless, 'connect');
  endless.write(connectPacket('ENDLESS'));
  // PUBLISH of 256 MB, of which a part comes.
  endless.write(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]));
  let sentBytes = 0;
  while (!endless.destroyed && sentBytes < 20 * MB) {
    endless.write(Buffer.alloc(65_536, 0x41));
    sentBytes += 65_536;
    await sleep(1);
  }
  expect(sentBytes).toBeLessThan(10 * MB);

  const long = await connectHere('LONG');
  const closed = new Promise<void>((resolve) => long.once('close', () => resolve()));
  long.publish('anything', Buffer.alloc(1_100_000));
  await closed;
});

it('whoever reads nothing holds up nobody', async () => {
  const deaf: Socket = connectSocket(lab.settings.mqtt.port, '127.0.0.1');
  deaf.on('error', () => undefined); // disconnected for it in the end
  await once(deaf, 'connect');
  deaf.pause();
  deaf.write(connectPacket('DEAF'));
  const filter = Buffer.from('#');
  deaf.write(Buffer.concat([Buffer.from([0x82, 6, 0, 1, 0, 1]), filter, Buffer.from([0])]));
  const talker = await connectHere('TALKER');
  const boards = await lab.boards();
  for (let n = 0; n < 150; n++) {
    // Far more than sockets buffer, and below what one client may send.
    talker.publish('camera', Buffer.alloc(60_000));
    if (n % 10 !== 0) continue;
    const startMs = performance.now();
    await boards.ask(FIRST_MACHINE, { action: 'checkuser', uid: CARDS.ada });
    expect(performance.now() - startMs).toBeLessThan(ANSWER_WITHIN_MS);
  }
  await until(() => guards().undelivered > 0);
  await talker.endAsync(true);
  deaf.destroy();
});

it('keeps nothing for whoever is away', async () => {
  const away = await connectAsync({
    host: '127.0.0.1',
    port: lab.settings.mqtt.port,
    clientId: 'AWAY',
    clean: false,
    reconnectPeriod: 0,
  });
  await away.subscribeAsync('news', { qos: 1 });
  await away.endAsync();
  const sender = await connectHere('SENDER');
  await sender.publishAsync('news', 'for whoever is away', { qos: 1 });
  const back = await connectAsync({
    host: '127.0.0.1',
    port: lab.settings.mqtt.port,
    clientId: 'AWAY',
    clean: false,
    reconnectPeriod: 0,
  });
  const heard: string[] = [];
  back.on('message', (topic) => heard.push(topic));
  await sleep(200);
  expect(heard).toEqual([]);
  for (const client of [sender, back]) await client.endAsync(true);
});

describe('the rate limit', () => {
  it('lets twice a second pass at once, and so many a second for long', () => {
    const limit = new RateLimit(10);
    const passed = (atMs: number, asked: number) =>
      Array.from({ length: asked }, () => limit.take('a', atMs)).filter(Boolean).length;
    expect(passed(0, 50)).toBe(20);
    expect(passed(1000, 50)).toBe(10);
    expect(passed(1100, 50)).toBe(1);
    expect(limit.take('b', 1100)).toBe(true);
    expect(passed(60_000, 50)).toBe(20);
  });

  it('remembers a bounded number of strangers', () => {
    const limit = new RateLimit(1);
    for (let n = 0; n < 20_000; n++) limit.take(`key ${n}`, n);
    expect(Object.values(limit).find((part) => part instanceof Map)?.size).toBeLessThanOrEqual(
      5000,
    );
  });
});
