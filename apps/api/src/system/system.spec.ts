import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { LogView, SystemView } from '@fabomatic/system';
import { Logger } from '@nestjs/common';
import request from 'supertest';
import { ReadDb } from '../database/db';
import { LiveService } from '../live/live.service';
import { AppLogger } from '../logging/app-logger';
import { openLogFiles } from '../logging/log-files';
import { CARDS, furnish, MACHINES } from '../testing/cast';
import { eachLab } from '../testing/each-lab';
import { TestApi } from '../testing/test-api';
import { TestLab, until } from '../testing/test-lab';

const ALIVE = {
  action: 'alive',
  version: '0.9.2',
  ip: '10.0.0.7',
  serial: 'aabbcc',
  heap: 150_000,
};

eachLab(furnish, (scene) => {
  it('[55] tells versions, database, broker, disk, memory and boards', async () => {
    const { lab, api } = scene;
    const boards = await lab.boards();
    boards.say(MACHINES.laser, ALIVE);
    await boards.ask(MACHINES.laser, { action: 'checkmachine' });
    await boards.ask(999, { action: 'checkmachine' });
    await until(async () => (await lab.rows('SELECT id FROM boards')).length === 1);
    const { body } = await api.get('system').expect(200);
    const view = body as SystemView;
    expect(view).toMatchObject({
      versions: { node: process.versions.node },
      timezone: 'Europe/Rome',
      broker: { kind: 'embedded', connected: true },
      boards: [
        {
          machineId: MACHINES.laser,
          machineName: 'laser',
          serial: 'aabbcc',
          ip: '10.0.0.7',
          firmware: '0.9.2',
          freeBytes: 150_000,
          isOnline: true,
        },
      ],
      backups: { latest: null, schedule: 'daily 03:00' },
      mail: { server: null, lastSentAt: null, waiting: 0, givenUp: 0 },
      canRestart: false,
    });
    expect(view.database.sizeBytes).toBeGreaterThan(10_000);
    const { location } = lab.settings.database;
    const place = location.kind === 'sqlite' ? location.file : new URL(location.url).host;
    expect(view.database.place).toContain(place);
    expect(view.database.place).not.toContain('@');
    expect(view.host.name).toBe(hostname());
    expect(view.memory.freeBytes).toBeLessThan(view.memory.totalBytes);
    expect(view.memory.ownBytes).toBeGreaterThan(10_000_000);
    expect(Date.now() - Date.parse(view.boards[0]?.lastSeenAt ?? '')).toBeLessThan(10_000);
    expect(view.messages.perMinute).toBeGreaterThanOrEqual(3);
    expect(view.messages.minutes).toHaveLength(60);
    const inAnHour = view.messages.minutes.reduce((sum, { received }) => sum + received, 0);
    expect(inAnHour).toBe(view.messages.received);
    expect(view.disk.freeBytes).toBeGreaterThan(0);
    expect(view.attention).toContainEqual({ code: 'strangers', params: { machines: '999' } });
    // Boards have no accounts by default, and that is said.
    expect(view.attention).toContainEqual({ code: 'board_accounts_off', params: {} });
  });

  it('tells of mails: the last that left, those that wait, and those given up this week', async () => {
    const { lab, api } = scene;
    const nowS = Date.now() / 1000;
    const mail = (columns: object) =>
      lab.change((db) =>
        db.insert('outgoing_mails', {
          kind: 'test',
          recipient: 'ada@example.org',
          created_at: nowS,
          ...columns,
        }),
      );
    await mail({ sent_at: nowS - 7200 });
    await mail({ next_try_at: nowS + 3600 });
    await mail({ last_error: 'no such box' });
    await mail({ last_error: 'no such box', created_at: nowS - 30 * 86_400 });
    const { body } = await api.get('system').expect(200);
    expect((body as SystemView).mail).toMatchObject({ waiting: 1, givenUp: 1 });
    expect(Date.parse((body as SystemView).mail.lastSentAt ?? '')).toBeCloseTo(
      (nowS - 7200) * 1000,
      -1,
    );
  });

  it('[B24] answers within a second, with nothing asked of the internet', async () => {
    const startMs = performance.now();
    await scene.api.get('system').expect(200);
    expect(performance.now() - startMs).toBeLessThan(1000);
  });

  it('[59] restarting is refused unless something starts the program again', async () => {
    const { api } = scene;
    const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
    expect((await api.post('system/restart').expect(409)).body).toMatchObject({
      code: 'system.no_restart',
    });
    expect(kill).not.toHaveBeenCalled();
    kill.mockRestore();
    for (const action of ['update', 'reboot', 'shutdown']) {
      await api.post(`system/${action}`).expect(404);
    }
  });

  it('[S6] [S7] the system is for administrators, and nothing happens on a GET', async () => {
    const machines = await scene.as('machines');
    for (const path of ['system', 'system/logs', 'system/logs/download']) {
      await machines.get(path).expect(403);
    }
    await machines.post('system/restart').expect(403);
    await scene.api.get('system/restart').expect(404);
  });

  it('says whether it is ready, to whoever asks', async () => {
    const answer = await request(scene.lab.app.getHttpServer()).get('/readyz').expect(200);
    expect(answer.body).toEqual({ ready: true, database: true, broker: true });
  });

  it('there are no metrics unless a token is set', async () => {
    await request(scene.lab.app.getHttpServer()).get('/metrics').expect(404);
  });

  it('a maintenance by card is in the audit trail, under the id of the message', async () => {
    const { lab } = scene;
    await lab.change((db) =>
      db.insert('maintenance_plans', {
        machine_id: MACHINES.lathe,
        description: 'Oil',
        interval_s: 10,
        elapsed_s: 11,
        created_at: 1,
      }),
    );
    const boards = await lab.boards();
    await boards.ask(MACHINES.lathe, { action: 'maintenance', uid: CARDS.eve });
    const [entry] = await lab.rows<{ actor_kind: string; correlation_id: string }>(
      "SELECT actor_kind, actor_id, correlation_id FROM audit_entries WHERE subject = 'intervention'",
    );
    expect(entry).toMatchObject({ actor_kind: 'board', actor_id: MACHINES.lathe });
    expect(entry?.correlation_id).toMatch(/^board-[a-z0-9]+-[a-z0-9]+$/);
  });
});

describe('with a token and a process manager', () => {
  let lab: TestLab;
  beforeAll(async () => {
    lab = await TestLab.start({
      environment: {
        FABOMATIC_SYSTEM_METRICS_TOKEN: 'let me see the numbers',
        FABOMATIC_SYSTEM_RESTART: 'true',
        FABOMATIC_LOG_LEVEL: 'debug',
      },
    });
  });
  afterAll(() => lab.remove());

  it('Prometheus reads the metrics with the token alone', async () => {
    const ask = (token: string) =>
      request(lab.app.getHttpServer()).get('/metrics').set('Authorization', `Bearer ${token}`);
    await ask('let me in').expect(401);
    const { text } = await ask('let me see the numbers').expect(200);
    expect(text).toMatch(/^fabomatic_broker_connected 1$/m);
    expect(text).toMatch(/^fabomatic_machines\{status="offline"\} 1$/m);
    expect(text).toMatch(/^fabomatic_board_messages\{kind="received"\} \d+$/m);
    expect(text).toContain('process_resident_memory_bytes');
  });

  it('says with 503 what does not answer, the database or the broker', async () => {
    const ask = () => request(lab.app.getHttpServer()).get('/readyz');
    const query = jest
      .spyOn(lab.app.get(ReadDb), 'query')
      .mockRejectedValue(new Error('the disk is gone'));
    expect((await ask().expect(503)).body).toEqual({ ready: false, database: false, broker: true });
    query.mockRestore();
    const live = lab.app.get(LiveService);
    const known = live.dashboard();
    const dashboard = jest
      .spyOn(live, 'dashboard')
      .mockReturnValue({ ...known, broker: { ...known.broker, connected: false } });
    expect((await ask().expect(503)).body).toEqual({ ready: false, database: true, broker: false });
    dashboard.mockRestore();
    await ask().expect(200);
    // The process serves all the same: it is not to be started again for that.
    await request(lab.app.getHttpServer()).get('/healthz').expect(200);
  });

  it('a message bears one id in the log, in the records of its errors and in the audit trail', async () => {
    const debug = jest.spyOn(Logger.prototype, 'debug').mockImplementation(() => undefined);
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const logged = () =>
      debug.mock.calls.flatMap(([line]: unknown[]) => {
        const { msg, correlationId } = line as { msg: string; correlationId: string };
        return msg.includes('12345678') ? [correlationId] : [];
      });
    await lab.change(async (db) => {
      const plan = { machine_id: 1, description: 'Oil', interval_s: 10, elapsed_s: 11 };
      await db.insert('maintenance_plans', { ...plan, created_at: 1 });
    });
    const boards = await lab.boards();
    await boards.ask(1, { action: 'maintenance', uid: '12345678' });
    const trail = await lab.rows<{ correlation_id: string }>(
      "SELECT correlation_id FROM audit_entries WHERE subject = 'intervention'",
    );
    expect(trail.map((entry) => entry.correlation_id)).toEqual(logged());
    expect(trail).toHaveLength(1);

    debug.mockClear();
    jest.spyOn(lab.lab, 'machine').mockImplementation(() => {
      throw new Error('a defect');
    });
    await boards.ask(1, { action: 'checkuser', uid: '12345678' });
    const [failed] = warn.mock.calls.map(([line]: unknown[]) => line);
    expect(failed).toMatchObject({
      msg: expect.stringContaining('a defect') as string,
      correlationId: logged()[0],
    });
    expect(logged()).toHaveLength(1);
    jest.restoreAllMocks();
  });

  it('[59] restarting ends the program as a signal does', async () => {
    const api = await TestApi.as(lab, 'admin');
    const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
    await api.post('system/restart').expect(204);
    await until(() => kill.mock.calls.length > 0);
    expect(kill).toHaveBeenCalledWith(process.pid, 'SIGTERM');
    kill.mockRestore();
    expect(await lab.rows("SELECT subject FROM audit_entries WHERE action = 'restart'")).toEqual([
      { subject: 'system' },
    ]);
  });

  it('[58] the log is searched and downloaded', async () => {
    const api = await TestApi.as(lab, 'admin');
    const folder = join(lab.settings.data.folder, 'logs');
    const files = await openLogFiles(folder, () => undefined);
    const nowhere = { out: { write: () => true }, err: { write: () => true } };
    const logger = new AppLogger(files, 'debug', nowhere);
    logger.warn(
      { msg: 'Machine 7: a message with a bad uid', correlationId: 'board-abc-1' },
      'Boards',
    );
    logger.log('Connected to the MQTT broker.', 'Boards');
    logger.debug('machine/7 {"action":"alive"}', 'Boards');
    logger.error('It broke', new Error('because'), 'Http');
    await until(async () => (await api.get('system/logs/download')).text.includes('It broke'));
    writeFileSync(join(folder, 'fabomatic.0.log'), '{"level":30,"time":"2026-11-2');

    const ask = async (query: string) =>
      ((await api.get(`system/logs?${query}`).expect(200)).body as LogView).items;
    expect((await ask('level=info')).map(({ level }) => level)).toEqual(['error', 'info', 'warn']);
    expect((await ask('level=warn')).map(({ level }) => level)).toEqual(['error', 'warn']);
    expect(await ask('level=debug&limit=1&q=ALIVE')).toMatchObject([{ level: 'debug' }]);
    expect(await ask('q=board-abc-1')).toMatchObject([
      {
        context: 'Boards',
        correlationId: 'board-abc-1',
        message: expect.stringContaining('bad uid') as string,
      },
    ]);
    expect((await ask('q=broke'))[0]?.stack).toContain('because');
    for (const wrong of ['level=loud', 'limit=0', 'limit=1001', 'colour=red']) {
      await api.get(`system/logs?${wrong}`).expect(422);
    }
    const whole = await api.get('system/logs/download').expect(200);
    expect(whole.headers['content-disposition']).toContain('fabomatic-log.txt');
    expect(whole.text).toContain('Connected to the MQTT broker.');
  });
});
