import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { BoardView, FirmwareImageView, FirmwareRolloutView } from '@fabomatic/boards';
import type { Page } from '@fabomatic/kernel';
import { firmwareFile, freePort, type OtaConduct, OtaReceiver } from '@fabomatic/virtual-board';
import request from 'supertest';
import { CARDS, furnish, MACHINES } from '../testing/cast';
import { eachLab, type LabScene } from '../testing/each-lab';
import type { TestBoards } from '../testing/test-boards';
import { until } from '../testing/test-lab';

const OLD = 'hardware-rev0-en_US,1.3.0';
const NEW = 'hardware-rev0-en_US,1.4.0';
const PASSWORD = 'wood and metal';
const IMAGE = firmwareFile({ version: '1.4.0' });

/** Boards of one spec have addresses of their own: 127.0.0.12 is the board of machine 2. */
const ipOf = (machineId: number) => `127.0.0.${10 + machineId}`;

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

/** The boards of the lab: what they say by MQTT, and their side of an update. */
class Boards {
  readonly receivers = new Map<number, OtaReceiver>();
  /** machine id -> the version that it says after the update. */
  readonly nextVersion = new Map<number, string>();
  readonly received = new Map<number, number>();
  images: Buffer[] = [];

  private constructor(
    private readonly scene: LabScene,
    readonly mqtt: TestBoards,
  ) {}

  static async of(scene: LabScene): Promise<Boards> {
    return new Boards(scene, await scene.lab.boards());
  }

  async add(machineId: number, conduct: OtaConduct = 'good', password?: string): Promise<void> {
    this.receivers.get(machineId)?.close();
    const receiver = await OtaReceiver.listen({
      ip: ipOf(machineId),
      port: this.scene.lab.settings.firmware.boardPort,
      conduct,
      ...(password === undefined ? {} : { password }),
      onBytes: (bytes) => this.received.set(machineId, bytes),
      onUpdated: (image) => {
        this.images.push(image);
        const version = this.nextVersion.get(machineId) ?? NEW;
        if (version !== '') this.alive(machineId, version);
      },
    });
    this.receivers.set(machineId, receiver);
    this.nextVersion.delete(machineId);
    this.alive(machineId, OLD);
    await until(async () => (await this.view(machineId))?.firmware === OLD);
  }

  alive(machineId: number, version: string): void {
    const serial = `dcda0c${machineId}`;
    this.mqtt.say(machineId, { action: 'alive', version, ip: ipOf(machineId), serial, heap: '1' });
  }

  async view(machineId: number): Promise<BoardView | undefined> {
    const { body } = await this.scene.api.get('boards').expect(200);
    return (body as Page<BoardView>).items.find((board) => board.machineId === machineId);
  }

  async ids(...machineIds: number[]): Promise<number[]> {
    const views = await Promise.all(machineIds.map((id) => this.view(id)));
    return views.flatMap((view) => view?.id ?? []);
  }

  close(): void {
    for (const receiver of this.receivers.values()) receiver.close();
    this.receivers.clear();
  }
}

eachLab(
  furnish,
  (scene) => {
    let boards: Boards;
    let image: FirmwareImageView;

    beforeAll(async () => {
      boards = await Boards.of(scene);
      const { body } = await upload(IMAGE, 'fab-o-matic 1.4.0.bin').expect(201);
      image = body as FirmwareImageView;
    });
    afterAll(() => boards.close());

    const upload = (file: Buffer, fileName: string, { token } = scene.api) =>
      request(scene.lab.app.getHttpServer())
        .post(`/api/v1/firmware/images?fileName=${encodeURIComponent(fileName)}`)
        .set('Authorization', `Bearer ${token}`)
        .set('Content-Type', 'application/octet-stream')
        .send(file);

    const state = async (): Promise<FirmwareRolloutView> => {
      const { body } = await scene.api.get('firmware/rollout').expect(200);
      return (body as { rollout: FirmwareRolloutView }).rollout;
    };

    const begin = async (machineIds: number[], more: object = {}) =>
      scene.api
        .post('firmware/rollout', {
          md5: image.md5,
          boardIds: await boards.ids(...machineIds),
          ...more,
        })
        .expect(201);

    const ended = async (): Promise<FirmwareRolloutView> => {
      await until(async () => (await state()).outcome !== 'running', 30_000);
      return state();
    };

    const run = async (machineIds: number[], more: object = {}) => {
      await begin(machineIds, more);
      return ended();
    };

    it('tells what an image is, and keeps it once', async () => {
      expect(image).toMatchObject({ chip: 'ESP32-S3', version: '1.4.0', sizeBytes: IMAGE.length });
      await upload(IMAGE, 'again.bin').expect(201);
      const { body } = await scene.api.get('firmware/images').expect(200);
      expect((body as { items: unknown[] }).items).toHaveLength(1);
    });

    it('[S21] an erasure takes the name of whoever brought a file', async () => {
      const { api, lab } = scene;
      const other = await scene.as('admin');
      const answer = await upload(firmwareFile({ version: '9.9.9' }), 'b.bin', other).expect(201);
      const { md5, uploadedBy } = answer.body as FirmwareImageView;
      expect(uploadedBy).toBe('Pat admin');
      const listed = async () => {
        const { body } = await api.get('firmware/images').expect(200);
        return (body as { items: FirmwareImageView[] }).items.find((each) => each.md5 === md5);
      };
      expect((await listed())?.uploadedBy).toBe('Pat admin');
      const beside = join(lab.settings.data.folder, 'firmware', `${md5}.json`);
      expect(readFileSync(beside, 'utf8')).not.toContain('Pat');
      await api.post(`members/${other.memberId}/erase`).expect(204);
      expect((await listed())?.uploadedBy).toBeNull();
      await api.delete(`firmware/images/${md5}`).expect(204);
    });

    it.each([
      ['a text', Buffer.from('hello'), 'firmware.not_firmware', 422],
      ['another chip', firmwareFile({ version: '1', chipId: 16 }), 'firmware.wrong_chip', 422],
      ['half a file', IMAGE.subarray(0, 20_000), 'firmware.damaged', 422],
      ['a changed byte', changed(IMAGE, 5000), 'firmware.damaged', 422],
      ['a boot loader', changed(IMAGE, 32), 'firmware.no_app', 422],
      ['too much', Buffer.alloc(9 * 1024 ** 2, 0xe9), 'firmware.too_large', 413],
    ])('refuses %s', async (_what, file, code, status) => {
      const { body } = await upload(file, 'bad.bin').expect(status);
      expect((body as { code: string }).code).toBe(code);
    });

    it('updates one board first, and the others when it is back with the new version', async () => {
      await boards.add(MACHINES.laser);
      await boards.add(MACHINES.lathe);
      boards.nextVersion.set(MACHINES.laser, '');
      boards.images = [];
      await begin([MACHINES.laser, MACHINES.lathe]);
      await until(async () => (await state()).boards[0]?.state === 'restarting');
      expect((await state()).boards[1]).toMatchObject({ state: 'waiting', sentBytes: 0 });
      await scene.api.post('firmware/rollout', { md5: image.md5, boardIds: [1] }).expect(409);
      boards.alive(MACHINES.laser, NEW);
      const done = await ended();
      expect(done).toMatchObject({ outcome: 'done', version: '1.4.0', fileName: 'again.bin' });
      expect(done.boards.map((board) => [board.state, board.versionAfter])).toEqual([
        ['done', NEW],
        ['done', NEW],
      ]);
      expect(boards.images.map((each) => each.equals(IMAGE))).toEqual([true, true]);
      const trail = await scene.lab.rows<{ action: string }>(
        "SELECT action FROM audit_entries WHERE subject = 'firmware' ORDER BY id DESC LIMIT 2",
      );
      expect(trail.map(({ action }) => action)).toEqual(['end-rollout', 'start-rollout']);
      const { body } = await scene.api.get('firmware/rollouts').expect(200);
      expect((body as Page<FirmwareRolloutView>).items[0]).toEqual(done);
    });

    it.each<[OtaConduct, string]>([
      ['silent', 'silent'],
      ['refuses', 'refused'],
      ['absent', 'not_connected'],
      ['drops', 'connection_lost'],
      ['stalls', 'stalled'],
      ['finds-it-bad', 'image_bad'],
      ['newer', 'protocol_newer'],
    ])('ends at a board that is "%s", and leaves the others alone', async (conduct, problem) => {
      await boards.add(MACHINES.laser, conduct);
      await boards.add(MACHINES.lathe);
      boards.received.clear();
      const { outcome, boards: result } = await run([MACHINES.laser, MACHINES.lathe]);
      expect(outcome).toBe('failed');
      expect(result).toMatchObject([
        { state: 'failed', problem, versionAfter: null },
        { state: 'skipped', problem: 'run_ended', sentBytes: 0 },
      ]);
      expect(boards.received.has(MACHINES.lathe)).toBe(false);
    });

    it('takes a slow board', async () => {
      await boards.add(MACHINES.laser, 'slow');
      expect(await run([MACHINES.laser])).toMatchObject({ outcome: 'done' });
    });

    it('knows the password of a board, and says when it is missing or wrong', async () => {
      await boards.add(MACHINES.laser, 'good', PASSWORD);
      const first = async (more: object) => (await run([MACHINES.laser], more)).boards[0];
      expect(await first({})).toMatchObject({ problem: 'password_needed' });
      await boards.add(MACHINES.laser, 'good', PASSWORD);
      expect(await first({ password: 'wrong' })).toMatchObject({ problem: 'password_wrong' });
      expect(await first({ password: PASSWORD })).toMatchObject({ state: 'done' });
      const stored = await scene.lab.rows('SELECT * FROM firmware_rollouts');
      expect(JSON.stringify(stored)).not.toContain(PASSWORD);
    });

    it('says when a board comes back as it was, or not at all', async () => {
      await boards.add(MACHINES.laser);
      boards.nextVersion.set(MACHINES.laser, OLD);
      expect((await run([MACHINES.laser])).boards[0]).toMatchObject({
        state: 'failed',
        problem: 'version_same',
        versionAfter: OLD,
      });
      expect(await run([MACHINES.laser], { sameVersion: true })).toMatchObject({ outcome: 'done' });
      boards.nextVersion.set(MACHINES.laser, '');
      expect((await run([MACHINES.laser])).boards[0]).toMatchObject({ problem: 'not_back' });
    });

    it('leaves machines in use alone, also when the use begins meanwhile', async () => {
      await boards.add(MACHINES.laser);
      await boards.add(MACHINES.lathe);
      boards.nextVersion.set(MACHINES.laser, '');
      boards.received.clear();
      await begin([MACHINES.laser, MACHINES.lathe]);
      await until(async () => (await state()).boards[0]?.state === 'restarting');
      await boards.mqtt.ask(MACHINES.lathe, { action: 'startuse', uid: CARDS.ada });
      boards.alive(MACHINES.laser, NEW);
      expect(await ended()).toMatchObject({
        outcome: 'failed',
        boards: [{ state: 'done' }, { state: 'skipped', problem: 'in_use', sentBytes: 0 }],
      });
      expect(boards.received.has(MACHINES.lathe)).toBe(false);
      const boardIds = await boards.ids(MACHINES.lathe);
      const { body } = await scene.api
        .post('firmware/rollout', { md5: image.md5, boardIds })
        .expect(409);
      expect((body as { code: string }).code).toBe('firmware.board_in_use');
      await boards.mqtt.ask(MACHINES.lathe, { action: 'stopuse', uid: CARDS.ada, duration: 1 });
    });

    it('stops at once, and lets nobody but the invited board in', async () => {
      await boards.add(MACHINES.laser, 'slow');
      await boards.add(MACHINES.lathe);
      await begin([MACHINES.laser, MACHINES.lathe]);
      await until(async () => (await state()).boards[0]?.state === 'sending');
      const { portFrom: port } = scene.lab.settings.firmware;
      const stranger = connect({ host: '127.0.0.1', port, localAddress: '127.0.0.99' });
      let heard = 0;
      stranger.on('data', (data) => (heard += data.length));
      await once(stranger, 'close');
      expect(heard).toBe(0);
      await scene.api.post('firmware/rollout/stop').expect(200);
      expect(await ended()).toMatchObject({
        outcome: 'stopped',
        boards: [
          { state: 'failed', problem: 'stopped' },
          { state: 'skipped', problem: 'stopped' },
        ],
      });
      await scene.api.post('firmware/rollout/stop').expect(409);
    });

    it('is for administrators only, and forgets a file on request', async () => {
      const editor = await scene.as('machines');
      await editor.get('firmware/images').expect(403);
      await scene.api.delete(`firmware/images/${image.md5}`).expect(204);
      await scene.api.delete(`firmware/images/${image.md5}`).expect(404);
      await scene.api.post('firmware/rollout', { md5: image.md5, boardIds: [1] }).expect(404);
    });
  },
  async () => {
    const port = await freePort();
    return {
      environment: {
        FABOMATIC_WEB_HOST: '127.0.0.1',
        FABOMATIC_FIRMWARE_BOARD_PORT: String(await freeUdpPort()),
        FABOMATIC_FIRMWARE_PORT_FROM: String(port),
        FABOMATIC_FIRMWARE_PORT_TO: String(port),
        FABOMATIC_FIRMWARE_ANSWER_TIMEOUT_S: '1',
        FABOMATIC_FIRMWARE_RETURN_TIMEOUT_S: '2',
      },
    };
  },
);

function changed(file: Buffer, at: number): Buffer {
  const copy = Buffer.from(file);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
}
