import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportReportView, ImportState } from '@fabomatic/system';
import { Sqlite } from '../sqlite-driver';
import request from 'supertest';
import { eachLab } from '../testing/each-lab';
import { TestApi } from '../testing/test-api';
import { TestLab } from '../testing/test-lab';
import { changedOriginal, FIXTURE_1_0_4, fixturePath } from './original.fixture';

/** A member of the fixture, who may use machine 1. */
const LUCA = 'b2b2c3d4';
const OTHER_HASH = 'a'.repeat(64);

async function upload(lab: TestLab, api: TestApi, content: Buffer) {
  return request(lab.app.getHttpServer())
    .post('/api/v1/imports/upload?name=database.sqldb')
    .set('Authorization', `Bearer ${api.token}`)
    .set('Content-Type', 'application/octet-stream')
    .send(content);
}

async function uploaded(lab: TestLab, api: TestApi, path: string): Promise<string> {
  const answer = await upload(lab, api, readFileSync(path));
  expect(answer.status).toBe(201);
  return (answer.body as ImportState).upload?.sha256 ?? '';
}

function filesOf(lab: TestLab): string[] {
  const folder = join(lab.settings.data.folder, 'imports');
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** A lab in which nobody has done anything: without the administrator that `eachLab` adds. */
async function makeNew(lab: TestLab): Promise<void> {
  await lab.change(async (db) => {
    await db.execute("DELETE FROM members WHERE first_name = 'Pat'");
    await db.execute("DELETE FROM roles WHERE name LIKE 'admin-%'");
  });
}

eachLab(makeNew, (scene) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await TestApi.asFirst(scene.lab);
  });

  test('a broken or foreign file is refused whole, in words, and not kept', async () => {
    const sound = readFileSync(FIXTURE_1_0_4);
    const torn = Buffer.from(sound);
    torn.fill(0x5a, 8192, 40_960);
    const { path, remove } = changedOriginal(['DROP TABLE uses']);
    const files: [Buffer, string][] = [
      [Buffer.alloc(0), 'is empty'],
      [Buffer.from('MZ not a database at all, but a program'), 'no SQLite database'],
      [sound.subarray(0, 50_000), 'damaged'],
      [torn, 'damaged'],
      [readFileSync(path), 'has no table uses'],
    ];
    remove();
    for (const [content, reason] of files) {
      const answer = await upload(scene.lab, api, content);
      expect([answer.status, answer.body]).toMatchObject([
        422,
        { code: 'import.refused', params: { reason: expect.stringContaining(reason) as string } },
      ]);
      expect(filesOf(scene.lab)).toEqual([]);
    }
    expect((await api.get('imports').expect(200)).body).toEqual({
      isLabNew: true,
      upload: null,
      running: null,
    });
    await api.post('imports', { sha256: OTHER_HASH }).expect(404);
  });

  test('[62] a trial tells everything and keeps nothing', async () => {
    const sha256 = await uploaded(scene.lab, api, fixturePath('0.1.7'));
    const { body } = await api.post('imports/trial', { sha256, settings: 'x = [' }).expect(422);
    expect(body).toMatchObject({ code: 'import.settings_refused' });
    const trial = (
      await api
        .post('imports/trial', { sha256, settings: '[MQTT]\nport = 1884\nodd = 1\n' })
        .expect(200)
    ).body as ImportReportView;
    expect(trial).toMatchObject({
      isTrial: true,
      settings: { taken: ['MQTT.port = 1884'], writtenTo: null },
    });
    expect(trial.settings?.leftOut).toEqual([{ key: 'MQTT.odd', why: 'unknown' }]);
    expect(trial.tables.find(({ from }) => from === 'uses')).toMatchObject({
      read: 21_989,
      written: 21_989,
    });
    expect(trial.notes.find(({ code }) => code === 'account_stays')?.examples).toEqual([
      { form: 'text', text: api.login.email },
    ]);
    expect(await scene.lab.rows('SELECT id FROM uses')).toEqual([]);
    expect(filesOf(scene.lab)).toEqual(['original.db']);
  });

  test('a stale preview imports nothing, and another file takes the place of the first', async () => {
    const sha256 = await uploaded(scene.lab, api, fixturePath('0.2.7'));
    await uploaded(scene.lab, api, fixturePath('0.4.0'));
    for (const hash of [sha256, OTHER_HASH]) {
      const { body } = await api.post('imports', { sha256: hash }).expect(409);
      expect(body).toMatchObject({ code: 'import.other_file' });
    }
    await api.delete('imports/upload').expect(204);
    expect(filesOf(scene.lab)).toEqual([]);
  });

  test('an administrator who is nobody of the file is refused, and nothing changes', async () => {
    const sha256 = await uploaded(scene.lab, api, fixturePath('0.4.0'));
    const { body } = await api
      .post('imports', { sha256, admins: ['nobody@example.org'] })
      .expect(422);
    expect(body).toMatchObject({ code: 'import.refused' });
    expect((await api.get('imports')).body).toMatchObject({ isLabNew: true, running: null });
  });

  test('[62] imports, keeps who imports, names who was ticked, and boards go on', async () => {
    const boards = await scene.lab.boards();
    boards.say(1, { action: 'alive', version: '0.9.3', ip: '10.0.0.2', serial: 'x', heap: 1 });
    expect(await boards.ask(1, { action: 'checkuser', uid: LUCA })).toMatchObject({
      is_valid: false,
    });
    const nowS = Date.now() / 1000;
    const { path, remove } = changedOriginal([
      'UPDATE roles SET backend_admin = 0',
      `UPDATE users SET email = 'luca@example.org' WHERE user_id = 4`,
      `INSERT INTO uses (use_id, user_id, machine_id, start_timestamp, last_seen, end_timestamp)
       VALUES (1, 4, 1, ${nowS - 600}, ${nowS - 5}, NULL)`,
    ]);
    const [luca] = cardOf(path);
    const sha256 = await uploaded(scene.lab, api, path);
    remove();
    const report = (await api.post('imports', { sha256, admins: ['luca@example.org'] }).expect(200))
      .body as ImportReportView;
    for (const { from, read, written } of report.tables) {
      expect([from, written]).toEqual([from, read]);
    }
    expect(filesOf(scene.lab)).toEqual([]);
    expect(await boards.ask(1, { action: 'inuse', uid: luca, duration: 605 })).toMatchObject({
      request_ok: true,
    });
    // The session of whoever imported goes on, and their account as well.
    expect((await api.get('auth/me').expect(200)).body).toMatchObject({
      email: api.login.email,
    });
    const admins = await scene.lab.rows<{ email: string }>(
      `SELECT m.email FROM members m JOIN roles r ON r.id = m.role_id
       WHERE r.portal_access = 'admin' ORDER BY m.id`,
    );
    expect(admins.map(({ email }) => email).sort()).toEqual([api.login.email, 'luca@example.org']);
    const [me] = await scene.lab.rows<{ id: number }>('SELECT id FROM members WHERE email = ?', [
      api.login.email,
    ]);
    expect(
      await scene.lab.rows("SELECT actor_id, subject FROM audit_entries WHERE action = 'import'"),
    ).toEqual([{ actor_id: me?.id, subject: 'database' }]);
  });

  test('a second import is refused', async () => {
    const answer = await upload(scene.lab, api, readFileSync(FIXTURE_1_0_4));
    expect(answer.body).toMatchObject({ code: 'import.not_new' });
  });
});

/** The card of user 4, in the form of the boards. */
function cardOf(path: string): string[] {
  const file = new Sqlite(path, { readonly: true });
  const found = file.prepare('SELECT LOWER(card_UUID) FROM users WHERE user_id = 4').pluck().all();
  file.close();
  return found.map(String);
}

describe('who imports is a member of the file', () => {
  test('they become that member, and stay logged in', async () => {
    const lab = await TestLab.start();
    try {
      const api = await TestApi.asFirst(lab);
      const { path, remove } = changedOriginal([
        `UPDATE users SET email = UPPER('${api.login.email}') WHERE user_id = 4`,
        `UPDATE users SET email = 'x@example.org' WHERE user_id <> 4 AND LOWER(email) = '${api.login.email}'`,
      ]);
      const sha256 = await uploaded(lab, api, path);
      remove();
      await api.post('imports', { sha256 }).expect(200);
      expect((await api.get('auth/me').expect(200)).body).toMatchObject({ id: 4 });
      expect(
        await lab.rows(`SELECT r.portal_access FROM members m JOIN roles r ON r.id = m.role_id
          WHERE m.id = 4`),
      ).toEqual([{ portal_access: 'admin' }]);
      expect(await lab.rows("SELECT id FROM roles WHERE name LIKE 'import %'")).toEqual([]);
    } finally {
      await lab.remove();
    }
  });
});
