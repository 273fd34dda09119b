import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NewBoardAccountView } from '@fabomatic/boards';
import { connectAsync, type MqttClient } from 'mqtt';
import { freePort } from '@fabomatic/virtual-board';
import { CARDS, furnish, MACHINES } from '../testing/cast';
import { Mosquitto } from '../testing/mosquitto';
import { TestApi } from '../testing/test-api';
import { TestLab, until } from '../testing/test-lab';

/** Who may speak for which machine, on the embedded broker and on a Mosquitto with our files. */
jest.setTimeout(120_000);

const { laser, lathe } = MACHINES;
const CHECK_CARD = JSON.stringify({ action: 'checkuser', uid: CARDS.ada });
const OWN = { FABOMATIC_MQTT_USER: 'fabomatic', FABOMATIC_MQTT_PASSWORD: 'the product itself' };
const SHARED = {
  FABOMATIC_MQTT_SHARED_USER: 'boards',
  FABOMATIC_MQTT_SHARED_PASSWORD: 'the same for all',
};

interface Scene {
  readonly lab: TestLab;
  readonly api: TestApi;
  /** Lets the broker read the files again; nothing to do on the embedded one. */
  readonly reload: () => Promise<void>;
  /** What boards without an account log in with. */
  readonly guest: { username?: string; password?: string };
}

/** One connection of a board or of somebody who pretends to be one. */
async function connect(
  { lab }: Pick<Scene, 'lab'>,
  login: { username?: string; password?: string } = {},
  clientId = `BOARD${Math.floor(Math.random() * 1e9)}`,
): Promise<MqttClient> {
  const { port } = lab.settings.mqtt;
  const options = { host: '127.0.0.1', port, reconnectPeriod: 0, clientId, ...login };
  const client = await connectAsync(options);
  client.on('error', () => undefined);
  return client;
}

function loginOf({ user, password }: NewBoardAccountView) {
  return { username: user, password };
}

/** The answers that come on a topic. */
async function hears(client: MqttClient, topic: string): Promise<string[]> {
  const heard: string[] = [];
  client.on('message', (from, payload) => {
    if (from === topic) heard.push(payload.toString());
  });
  await client.subscribeAsync(topic).catch(() => undefined); // refused: it will hear nothing
  return heard;
}

const received = ({ lab }: Scene) => lab.counters.received;

/** Nothing that is published so reaches the product. */
async function expectUnheard(scene: Scene, client: MqttClient, topic: string): Promise<void> {
  const before = received(scene);
  client.publish(topic, CHECK_CARD);
  await sleep(300);
  expect(received(scene)).toBe(before);
}

describe.each(['embedded broker', 'Mosquitto'] as const)('%s', (kind) => {
  describe.each(['optional', 'required'] as const)('accounts %s', (mode) => {
    let mosquitto: Mosquitto | undefined;
    let scene: Scene;
    let folder: string;

    beforeAll(async () => {
      const isMosquitto = kind === 'Mosquitto';
      const environment = {
        FABOMATIC_MQTT_BOARD_ACCOUNTS: mode,
        ...(isMosquitto ? { ...OWN, ...(mode === 'optional' ? SHARED : {}) } : {}),
      };
      // The files are there before the broker starts, as they are in a lab.
      const starting = isMosquitto ? await freePort() : undefined;
      folder = mkdtempSync(join(tmpdir(), 'fabomatic-lab-'));
      const startLab = TestLab.start({ brokerPort: starting, environment, folder });
      if (starting !== undefined) mosquitto = await Mosquitto.startWithFiles(starting, folder);
      const lab = await startLab;
      await furnish(lab);
      scene = {
        lab,
        api: await TestApi.as(lab, 'machines'),
        reload: async () => {
          await mosquitto?.reload();
        },
        guest:
          isMosquitto && mode === 'optional'
            ? { username: 'boards', password: 'the same for all' }
            : {},
      };
    });
    afterAll(async () => {
      await scene.lab.remove();
      await mosquitto?.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    const make = async (machineId: number): Promise<NewBoardAccountView> => {
      const { body } = await scene.api.post('board-accounts', { machineId }).expect(201);
      await scene.reload();
      return body as NewBoardAccountView;
    };

    it('a board with an account is answered, and speaks and listens for its machine only', async () => {
      const account = await make(laser);
      const board = await connect(scene, loginOf(account));
      const answers = await hears(board, `machine/${laser}/reply`);
      const others = await hears(board, `machine/${lathe}/reply`);
      const all = await hears(board, '#');
      board.publish(`machine/${laser}`, CHECK_CARD);
      await until(() => answers.length === 1);
      expect(JSON.parse(answers[0] ?? '')).toMatchObject({ is_valid: true });
      expect([others, all]).toEqual([[], []]);

      await expectUnheard(scene, board, `machine/${lathe}`);
      const again = board.connected ? board : await connect(scene, loginOf(account));
      const spy = await connect(scene, loginOf(account));
      const heardBySpy = await hears(spy, `machine/${laser}/reply`);
      again.publish(`machine/${laser}/reply`, '{"request_ok":true,"is_valid":true,"level":1}');
      await sleep(200);
      expect(heardBySpy).toEqual([]);
      for (const client of [board, again, spy]) await client.endAsync(true);
    });

    it('nobody else speaks or listens for a machine whose board has an account', async () => {
      if (mode === 'required') {
        await expect(connect(scene, scene.guest)).rejects.toThrow();
      } else {
        const stranger = await connect(scene, scene.guest);
        const listener = await connect(scene, scene.guest);
        const heard = await hears(listener, 'machine/+/reply');
        let isLeaked = false;
        listener.on('message', (topic) => {
          if (topic === `machine/${laser}/reply`) isLeaked = true;
        });
        await expectUnheard(scene, stranger, `machine/${laser}`);
        // The others go on as before.
        const open = await connect(scene, scene.guest);
        const answers = await hears(open, `machine/${lathe}/reply`);
        open.publish(`machine/${lathe}`, CHECK_CARD);
        await until(() => answers.length === 1);
        const { body } = await scene.api.post(`board-accounts/${laser}/password`).expect(201);
        await scene.reload();
        const board = await connect(scene, loginOf(body as NewBoardAccountView));
        const own = await hears(board, `machine/${laser}/reply`);
        board.publish(`machine/${laser}`, CHECK_CARD);
        await until(() => own.length === 1);
        expect([isLeaked, heard]).toEqual([false, []]);
        for (const client of [stranger, listener, open, board]) await client.endAsync(true);
      }
    });

    it('[C31] a wrong password, and the name of an account that is not there, are not let in', async () => {
      for (const username of [`board-${laser}`, 'board-999', 'somebody']) {
        const attempt = connect(scene, { username, password: 'wrong' });
        if (kind === 'embedded broker' && mode === 'optional' && username !== `board-${laser}`) {
          // Boards bring a name of their firmware with them: without accounts it means nothing.
          await (await attempt).endAsync(true);
        } else await expect(attempt).rejects.toThrow();
      }
    });

    it('a new password, and a removal, disconnect at once', async () => {
      const first = (await scene.api.post(`board-accounts/${laser}/password`).expect(201))
        .body as NewBoardAccountView;
      await scene.reload();
      const old = await connect(scene, loginOf(first));
      const second = (await scene.api.post(`board-accounts/${laser}/password`).expect(201))
        .body as NewBoardAccountView;
      await scene.reload();
      await until(() => !old.connected);
      await expect(connect(scene, loginOf(first))).rejects.toThrow();
      const board = await connect(scene, loginOf(second));
      await scene.api.delete(`board-accounts/${laser}`).expect(204);
      await scene.reload();
      await until(() => !board.connected);
    });
  });
});

describe('moving over board by board', () => {
  it('leaves a board its old way until it has used its account', async () => {
    const lab = await TestLab.start({ environment: { FABOMATIC_MQTT_BOARD_ACCOUNTS: 'optional' } });
    try {
      await furnish(lab);
      const api = await TestApi.as(lab, 'machines');
      const boards = await lab.boards();
      const { body } = await api.post('board-accounts', { machineId: laser }).expect(201);
      expect(await boards.ask(laser, JSON.parse(CHECK_CARD) as object)).toMatchObject({
        is_valid: true,
      });
      const board = await connect({ lab }, loginOf(body as NewBoardAccountView));
      const answers = await hears(board, `machine/${laser}/reply`);
      expect(await boards.hears(laser, CHECK_CARD)).toEqual([]);
      board.publish(`machine/${laser}`, CHECK_CARD);
      await until(() => answers.length === 1);
      await until(async () => {
        const [row] = await lab.rows<{ first_used_at: number | null }>(
          'SELECT first_used_at FROM board_accounts',
        );
        return typeof row?.first_used_at === 'number';
      });
      // A change of anything else keeps it so.
      await lab.change((db) => db.execute('UPDATE machines SET name = name', []));
      expect(lab.lab.machine(laser)?.account?.isUsed).toBe(true);
      await board.endAsync(true);
    } finally {
      await lab.remove();
    }
  });

  it('lets nobody take the place of a board by its client id', async () => {
    const lab = await TestLab.start({ environment: { FABOMATIC_MQTT_BOARD_ACCOUNTS: 'optional' } });
    try {
      await furnish(lab);
      const api = await TestApi.as(lab, 'machines');
      const { body } = await api.post('board-accounts', { machineId: laser }).expect(201);
      const board = await connect({ lab }, loginOf(body as NewBoardAccountView), 'BOARD7');
      const guest = await connect({ lab }, {}, 'BOARD7');
      await expect(connect({ lab }, {}, `account/board-${laser}/BOARD7`)).rejects.toThrow();
      await sleep(100);
      expect([board.connected, guest.connected]).toEqual([true, true]);
      for (const client of [board, guest]) await client.endAsync(true);
    } finally {
      await lab.remove();
    }
  });
});

describe('[C31] TLS', () => {
  it.each(['tls', 'both'] as const)('listens as the settings say: %s', async (listeners) => {
    const tlsPort = await freePort();
    const lab = await TestLab.start({
      environment: {
        FABOMATIC_MQTT_LISTENERS: listeners,
        FABOMATIC_MQTT_TLS_PORT: String(tlsPort),
      },
    });
    try {
      await furnish(lab);
      const secure = await connectAsync({
        protocol: 'mqtts',
        host: '127.0.0.1',
        port: tlsPort,
        reconnectPeriod: 0,
        rejectUnauthorized: false,
      });
      const answers = await hears(secure, `machine/${laser}/reply`);
      secure.publish(`machine/${laser}`, CHECK_CARD);
      await until(() => answers.length === 1);
      await secure.endAsync(true);
      const plain = connect({ lab });
      if (listeners === 'tls') await expect(plain).rejects.toThrow();
      else await (await plain).endAsync(true);
      // What pages, banner and doctor tell of it.
      const openPort = listeners === 'tls' ? tlsPort : lab.settings.mqtt.port;
      expect(lab.settings.mqtt.boardsPort).toBe(openPort);
      const { body } = await (await TestApi.as(lab, 'admin')).get('system').expect(200);
      expect(body).toMatchObject({ broker: { address: `127.0.0.1:${openPort}` } });
      const start = await (await TestApi.as(lab, 'admin')).get('first-run').expect(200);
      expect(start.body).toMatchObject({ broker: { port: openPort } });
    } finally {
      await lab.remove();
    }
  });
});
