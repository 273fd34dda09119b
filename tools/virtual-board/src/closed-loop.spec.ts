import type { MqttClient } from 'mqtt';
import { ClosedLoop, runClosedLoop } from './closed-loop';
import { connectAsBoard, untilConnected } from './mqtt-connection';
import { acceptAll, eventually, SpecBroker } from './spec-broker';

let broker: SpecBroker;
let client: MqttClient;

async function start(answer: (topic: string, payload: string) => string | null): Promise<void> {
  broker = await SpecBroker.start(answer);
  client = connectAsBoard({ url: broker.url }, 'BOARD1');
  await untilConnected(client);
}

afterEach(async () => {
  client.end(true);
  await broker.stop();
});

it('asks again as soon as it has been answered, whole uses in order', async () => {
  await start(acceptAll);
  const result = await runClosedLoop(
    { client, machineId: 3, cycle: 'use', uid: '0badf00d', useDurationS: 9 },
    300,
  );

  expect(broker.published.slice(0, 6).map(({ payload }) => payload.toString('utf8'))).toEqual([
    '{"action":"checkuser","uid":"0badf00d"}',
    '{"action":"startuse", "uid":"0badf00d"}',
    '{"action":"checkmachine"}',
    '{"action":"inuse", "uid":"0badf00d","duration":9}',
    '{"action":"stopuse", "uid":"0badf00d","duration":9}',
    '{"action":"checkuser","uid":"0badf00d"}',
  ]);
  expect(result.answers).toBe(broker.published.length);
  expect(result.answers).toBeGreaterThan(20);
  expect(result).toMatchObject({ timeouts: 0, strays: 0, refusals: 0 });
  const times = Object.values(result.answerMs).flat();
  expect(times).toHaveLength(result.answers);
  expect(times.every((ms) => ms > 0 && ms < 300)).toBe(true);
});

it.each(['checkuser', 'checkmachine'] as const)('sends nothing but %s', async (cycle) => {
  await start(acceptAll);
  const result = await runClosedLoop({ client, machineId: 3, cycle, uid: '0badf00d' }, 100);
  expect(Object.keys(result.answerMs)).toEqual([cycle]);
  expect(result.answers).toBeGreaterThan(5);
});

it('counts what was not answered within 2 s, and goes on', async () => {
  let queries = 0;
  await start((topic, payload) => (++queries === 2 ? null : acceptAll(topic, payload)));
  const loop = new ClosedLoop({ client, machineId: 3, cycle: 'checkmachine', uid: '0badf00d' });
  await loop.start();
  await eventually(() => queries >= 4);
  const result = await loop.stop();
  expect(result.timeouts).toBe(1);
  expect(result.answers).toBe(queries - 1);
});

it('counts answers that say no, and messages that nothing asked for', async () => {
  await start(() => '{"request_ok":false}');
  const loop = new ClosedLoop({ client, machineId: 3, cycle: 'checkmachine', uid: '0badf00d' });
  await client.subscribeAsync('machine/3/reply');
  const arrived = new Promise((resolve) => client.once('message', resolve));
  const started = loop.start();
  broker.send('machine/3/reply', '{"request_ok":true}');
  await arrived;
  await started;
  await eventually(() => broker.published.length > 5);
  const result = await loop.stop();
  expect(result.refusals).toBe(result.answers);
  expect(result.strays).toBe(1);
});
