import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import { CARDS, furnish, MACHINES, UNREGISTERED } from '../testing/cast';
import { eachBroker } from '../testing/each-broker';
import { TestLab, until } from '../testing/test-lab';

/** What one board or stranger does must not be felt by the others. */
const { laser, lathe } = MACHINES;
const CHECK_CARD = { action: 'checkuser', uid: CARDS.ada };

eachBroker(furnish, (scene) => {
  it('hears its own answers on no topic', async () => {
    const { received } = scene.lab.counters;
    await scene.boards.ask(laser, CHECK_CARD);
    await sleep(100);
    expect(scene.lab.counters.received).toBe(received + 1);
  });

  it('ignores what names no machine', async () => {
    const { ignored } = scene.lab.counters;
    const topics = ['0', '65536', '-1', '007', '1e3', 'abc', '²', ' 2', '2 '];
    for (const topic of topics) scene.boards.say(topic, CHECK_CARD);
    await until(() => scene.lab.counters.ignored === ignored + topics.length);
    expect(await scene.boards.ask(laser, CHECK_CARD)).toMatchObject({ is_valid: true });
  });

  it('keeps answering the others while one board floods it', async () => {
    const flood = await scene.lab.boards();
    const noise = [
      Buffer.from([0xff, 0xfe]),
      Buffer.from('{"action":"checkuser"'),
      Buffer.alloc(0),
    ];
    let isFlooding = true;
    const flooding = (async () => {
      for (let round = 0; isFlooding; round++) {
        for (let n = 0; n < 50; n++) flood.say(lathe, noise[n % noise.length] ?? '');
        if (round % 20 === 0) flood.say(UNREGISTERED, 'x'.repeat(1_000_000));
        await sleep(1);
      }
    })();
    try {
      for (let n = 0; n < 40; n++) {
        const startMs = performance.now();
        const answer = await scene.boards.ask(laser, CHECK_CARD);
        expect(answer).toMatchObject({ is_valid: true });
        expect(performance.now() - startMs).toBeLessThan(1500);
      }
    } finally {
      isFlooding = false;
      await flooding;
    }
  });
});

describe('the embedded broker', () => {
  let lab: TestLab;
  beforeAll(async () => {
    lab = await TestLab.start();
    await furnish(lab);
  });
  afterAll(() => lab.remove());

  const stranger = () =>
    connectAsync({ host: '127.0.0.1', port: lab.settings.mqtt.port, reconnectPeriod: 0 });

  it.each(['reply', 'request'])('lets nobody else speak on .../%s', async (subtopic) => {
    const board = await lab.boards();
    const topic = `machine/${laser}/${subtopic}`;
    const payload = JSON.stringify({ request_ok: true, is_valid: true, request_type: 'start' });
    for (const qos of [0, 1] as const) {
      const client = await stranger();
      // The broker ends the connection of whoever tries.
      const closed = new Promise<void>((resolve) => client.once('close', resolve));
      client.publish(topic, payload, { qos, retain: true });
      await closed;
      await client.endAsync(true);
    }
    await sleep(100);
    expect(board.heard).toEqual([]);
    expect(await board.ask(laser, CHECK_CARD)).toMatchObject({ is_valid: true });
  });

  it('sends no last will to a board either', async () => {
    const board = await lab.boards();
    const client = await connectAsync({
      host: '127.0.0.1',
      port: lab.settings.mqtt.port,
      reconnectPeriod: 0,
      will: { topic: `machine/${laser}/reply`, payload: Buffer.from('{}'), qos: 0, retain: true },
    });
    client.stream.destroy();
    await sleep(200);
    expect(board.heard).toEqual([]);
    const later = await lab.boards();
    await sleep(100);
    expect(later.heard).toEqual([]);
  });

  it('retains no word of a board', async () => {
    const client = await stranger();
    await client.publishAsync(`machine/${lathe}`, JSON.stringify(CHECK_CARD), {
      qos: 1,
      retain: true,
    });
    const later = await lab.boards();
    await later.client.subscribeAsync('machine/#');
    await sleep(100);
    expect(later.heard).toEqual([]);
    await client.endAsync();
  });

  it('survives bytes that are no MQTT', async () => {
    const socket = connectSocket(lab.settings.mqtt.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
    socket.on('error', () => undefined);
    await sleep(50);
    socket.destroy();
    const board = await lab.boards();
    expect(await board.ask(laser, CHECK_CARD)).toMatchObject({ is_valid: true });
  });
});
