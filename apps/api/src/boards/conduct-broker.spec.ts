import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { CARDS, furnish, MACHINES } from '../testing/cast';
import { Mosquitto } from '../testing/mosquitto';
import { TestLab, until } from '../testing/test-lab';

/** An external broker that goes and comes, and an API that does. */
jest.setTimeout(60_000);

const { laser } = MACHINES;
let mosquitto: Mosquitto;
let folder: string;

beforeAll(async () => {
  mosquitto = await Mosquitto.start();
  folder = mkdtempSync(join(tmpdir(), 'fabomatic-lab-'));
});
afterAll(async () => {
  await mosquitto.remove();
  rmSync(folder, { recursive: true, force: true });
});

it('answers again after the broker was killed and started', async () => {
  const lab = await TestLab.start({ brokerPort: mosquitto.port });
  try {
    await furnish(lab);
    const boards = await lab.boards();
    const question = { action: 'checkuser', uid: CARDS.ada };
    expect(await boards.ask(laser, question)).toMatchObject({ is_valid: true });

    await mosquitto.kill();
    await until(() => !boards.client.connected);
    await mosquitto.run();
    await lab.untilConnected();
    await until(() => boards.client.connected);
    // Subscriptions on both sides are on their way.
    await until(async () => (await boards.hears(laser, question)).length === 1);
    expect(await boards.ask(laser, question)).toMatchObject({ is_valid: true });
  } finally {
    await lab.remove();
  }
});

it('starts without a broker, and finds it later', async () => {
  await mosquitto.kill();
  const starting = TestLab.start({ brokerPort: mosquitto.port });
  await mosquitto.run();
  const lab = await starting;
  try {
    const boards = await lab.boards();
    await until(async () => (await boards.hears(1, { action: 'checkmachine' })).length === 1);
  } finally {
    await lab.remove();
  }
});

it('gets what the broker kept while the API was down, in order and once', async () => {
  const first = await TestLab.start({ brokerPort: mosquitto.port, folder });
  await furnish(first);
  await first.stop();

  const sender = await connectAsync({ host: '127.0.0.1', port: mosquitto.port });
  for (const message of [
    { action: 'startuse', uid: CARDS.ada },
    { action: 'stopuse', uid: CARDS.ada, duration: 40 },
    { action: 'startuse', uid: CARDS.eve },
  ]) {
    await sender.publishAsync(`machine/${laser}`, JSON.stringify(message), { qos: 1 });
  }
  await sender.endAsync();

  const second = await TestLab.start({ brokerPort: mosquitto.port, folder });
  const uses = () =>
    second.rows<{ card_uid: string; ended_at: number | null }>(
      'SELECT card_uid, ended_at FROM uses WHERE machine_id = ? ORDER BY id',
      [laser],
    );
  await until(async () => (await uses()).length >= 2);
  const isOpen = (await uses()).map((use) => [use.card_uid, use.ended_at === null]);
  await second.stop();
  expect(isOpen).toEqual([
    [CARDS.ada, false],
    [CARDS.eve, true],
  ]);

  // Acknowledged: a third start gets nothing again.
  const third = await TestLab.start({ brokerPort: mosquitto.port, folder });
  const boards = await third.boards();
  await boards.ask(laser, { action: 'checkmachine' });
  const [count] = await third.rows<{ n: number }>('SELECT count(*) AS n FROM uses');
  expect(count?.n).toBe(2);
  await third.stop();
});
