import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { BackupCheckView, BackupComparisonView, BackupList } from '@fabomatic/system';
import type { Database } from 'better-sqlite3';
import { Sqlite } from '../sqlite-driver';
import request from 'supertest';
import { FIXTURE_1_0_4 } from '../import/original.fixture';
import { CARDS, furnish, MACHINES } from '../testing/cast';
import { JobsService } from '../jobs/jobs.service';
import { TestApi } from '../testing/test-api';
import { TestLab, until } from '../testing/test-lab';
import { applyPendingRestore } from './apply-pending-restore';
import { BackupFolder } from './backup-folder';
import { BackupsService } from './backups.service';
import { makeBackup } from './make-backup';

jest.setTimeout(60_000);

const SILENT = { log: () => undefined, error: () => undefined };
const NOW_S = 1_795_000_000;

/** table -> all of its rows */
type Content = Record<string, Record<string, unknown>[]>;

function contentOf(file: string): Content {
  const database = new Sqlite(file, { readonly: true });
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .pluck()
      .all() as string[];
    return Object.fromEntries(
      tables.map((table) => [
        table,
        database.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all() as Content[string],
      ]),
    );
  } finally {
    database.close();
  }
}

function fileOf(lab: TestLab): string {
  const { location } = lab.settings.database;
  if (location.kind !== 'sqlite') throw new Error('SQLite expected');
  return location.file;
}

/** Writes a use and the hours of its machine in each unit, until it is told to stop. */
function load(lab: TestLab): { stop: () => Promise<number> } {
  let isStopped = false;
  let written = 0;
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    while (!isStopped) {
      await lab.units.run(async (db) => {
        await db.insert('uses', {
          machine_id: MACHINES.laser,
          started_at: NOW_S + written,
          last_seen_at: NOW_S + written + 1,
          ended_at: NOW_S + written + 1,
          duration_s: 1,
          card_uid: `writer ${writer}`,
          authorized: true,
        });
        await db.execute('UPDATE machines SET hours_s = hours_s + 1 WHERE id = ?', [
          MACHINES.laser,
        ]);
      });
      written++;
    }
  });
  return {
    stop: async () => {
      isStopped = true;
      await Promise.all(writers);
      return written;
    },
  };
}

describe('while the product is at work', () => {
  let lab: TestLab;
  let api: TestApi;
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fabomatic-backup-'));
    lab = await TestLab.start({ folder });
    await furnish(lab);
    api = await TestApi.as(lab, 'admin');
  });
  afterAll(async () => {
    await lab.stop();
    rmSync(lab.settings.data.folder, { recursive: true });
  });

  it('[57] backs up under load, restores at the next start, and keeps a way back, row by row', async () => {
    const boards = await lab.boards();
    const writing = load(lab);
    const names: string[] = [];
    for (let round = 0; round < 3; round++) {
      const made = api.post('backups').then(({ body, status }) => {
        expect(status).toBe(201);
        names.push((body as BackupCheckView).backup.name);
      });
      expect(
        await boards.ask(MACHINES.laser, { action: 'checkuser', uid: CARDS.ada }),
      ).toMatchObject({
        is_valid: true,
      });
      await made;
    }
    const written = await writing.stop();
    expect(written).toBeGreaterThan(100);

    const { folder } = (await api.get('backups').expect(200)).body as BackupList;
    const final = contentOf(fileOf(lab));
    for (const name of names) {
      const copied = contentOf(join(folder, name));
      const laser = copied['machines']?.find(({ id }) => id === MACHINES.laser);
      // Each unit wrote both: half a unit would show here.
      const uses = copied['uses']?.filter(({ card_uid }) => String(card_uid).startsWith('writer'));
      expect(uses?.length).toBe(laser?.['hours_s']);
      expect(final['uses']?.slice(0, copied['uses']?.length)).toEqual(copied['uses']);
    }

    const [chosen = ''] = names;
    const restored = contentOf(join(folder, chosen));
    await api.post(`backups/${chosen}/restore`).expect(200);
    expect((await api.get('backups')).body).toMatchObject({ pendingRestore: { name: chosen } });
    await lab.stop();
    const before = contentOf(fileOf(lab));
    await applyPendingRestore(lab.settings, { version: '9.9.9', nowS: NOW_S, log: SILENT });
    expect(contentOf(fileOf(lab))).toEqual(restored);
    const wayBack = readdirSync(folder).find((name) => name.endsWith('before-restore.db')) ?? '';
    expect(contentOf(join(folder, wayBack))).toEqual(before);

    lab = await TestLab.start({ folder: lab.settings.data.folder });
    api = await TestApi.as(lab, 'admin');
    expect((await api.get('backups')).body).toMatchObject({
      pendingRestore: null,
      lastRestore: { name: chosen, outcome: 'done', error: null },
    });
    const [entry] = await lab.rows<{ subject: string; details_json: string }>(
      "SELECT subject, details_json FROM audit_entries WHERE action = 'restore'",
    );
    expect(entry?.subject).toBe('backup');
    expect(JSON.parse(entry?.details_json ?? '')).toMatchObject({ actorName: 'Pat admin' });
    expect(notedIn(lab)).not.toContain('Pat');
  });

  it('[56] a downloaded backup opens with SQLite and is sound', async () => {
    const made = (await api.post('backups').expect(201)).body as BackupCheckView;
    expect(made.rows).toMatchObject({ roles: expect.any(Number) as number });
    const answer = await request(lab.app.getHttpServer())
      .get(`/api/v1/backups/${made.backup.name}/download`)
      .set('Authorization', `Bearer ${api.token}`)
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => done(null, Buffer.concat(parts)));
      })
      .expect(200);
    expect(answer.headers['content-disposition']).toContain(made.backup.name);
    const database = new Sqlite(answer.body as Buffer);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
    await api.delete(`backups/${made.backup.name}`).expect(204);
    await api.get(`backups/${made.backup.name}/download`).expect(404);
  });

  it('a check says what is in it beside what there is, and damage is remembered', async () => {
    const { backup } = (await api.post('backups').expect(201)).body as BackupCheckView;
    expect(backup.check).toEqual({ at: backup.createdAt, problem: null });
    const made = (await api.post(`backups/${backup.name}/check`).expect(200))
      .body as BackupComparisonView;
    expect(made.now).toMatchObject({ members: made.rows['members'], uses: made.rows['uses'] });
    await lab.change((db) => db.execute('DELETE FROM uses WHERE card_uid = ?', ['writer 1']));
    const later = (await api.post(`backups/${backup.name}/check`).expect(200))
      .body as BackupComparisonView;
    expect(later.now['uses']).toBeLessThan(later.rows['uses'] ?? 0);

    const { folder } = (await api.get('backups')).body as BackupList;
    writeFileSync(join(folder, backup.name), 'spoilt meanwhile');
    await api.post(`backups/${backup.name}/check`).expect(422);
    const { items } = (await api.get('backups')).body as BackupList;
    expect(items.find(({ name }) => name === backup.name)?.check).toMatchObject({
      problem: 'backup.wrong_kind',
    });
    await api.delete(`backups/${backup.name}`).expect(204);
  });

  it('[S7] is for administrators only', async () => {
    const [newest] = ((await api.get('backups')).body as BackupList).items;
    for (const access of ['read-only', 'members', 'machines'] as const) {
      const other = await TestApi.as(lab, access);
      await other.get('backups').expect(403);
      await other.post('backups').expect(403);
      await other.post(`backups/${newest?.name}/check`).expect(403);
      await other.get(`backups/${newest?.name}/download`).expect(403);
      await other.post(`backups/${newest?.name}/restore`).expect(403);
    }
  });

  it.each(['..%2Ffabomatic.db', '%2Fetc%2Fpasswd', 'nothing.db', '..', 'settings.toml'])(
    'there is no backup "%s"',
    async (name) => {
      await api.get(`backups/${name}/download`).expect(404);
      await api.post(`backups/${name}/restore`).expect(404);
      await api.delete(`backups/${name}`).expect(404);
    },
  );

  describe('[B10] [S8] what is brought is refused unless it is a sound database of ours', () => {
    const folder = mkdtempSync(join(tmpdir(), 'fabomatic-brought-'));
    afterAll(() => rmSync(folder, { recursive: true }));

    const bring = (content: Buffer) =>
      request(lab.app.getHttpServer())
        .post('/api/v1/backups/upload')
        .set('Authorization', `Bearer ${api.token}`)
        .set('Content-Type', 'application/octet-stream')
        .send(content);
    const changed = (change: (database: Database) => void): Buffer => {
      const file = join(folder, 'changed.db');
      const [newest] = new BackupFolder(join(lab.settings.data.folder, 'backups')).list();
      copyFileSync(join(lab.settings.data.folder, 'backups', newest?.name ?? ''), file);
      const database = new Sqlite(file);
      change(database);
      const content = database.serialize();
      database.close();
      return content;
    };

    it.each<[string, () => Buffer, string]>([
      ['text', () => Buffer.from('Dear sir or madam'), 'backup.wrong_kind'],
      ['nothing', () => Buffer.alloc(0), 'backup.wrong_kind'],
      [
        'a database of another program',
        () => new Sqlite(':memory:').exec('CREATE TABLE recipes (id INTEGER)').serialize(),
        'backup.not_ours',
      ],
      [
        "the original's database",
        () => new Sqlite(FIXTURE_1_0_4, { readonly: true }).serialize(),
        'backup.is_original',
      ],
      [
        'a newer schema',
        () =>
          changed((database) =>
            database.exec("INSERT INTO migrations (timestamp, name) VALUES (9, 'Future9')"),
          ),
        'backup.too_new',
      ],
      [
        'a damaged database',
        () => {
          const content = changed(() => undefined);
          content.fill(0x5a, 4096 * 3 + 100, 4096 * 12);
          return content;
        },
        'backup.damaged',
      ],
      [
        'rows that refer to nothing',
        () =>
          changed((database) => {
            database.pragma('foreign_keys = OFF');
            database.exec('DELETE FROM machine_types');
          }),
        'backup.damaged',
      ],
    ])('%s', async (_what, content, code) => {
      const before = contentOf(fileOf(lab));
      const answer = await bring(content()).expect(422);
      expect(answer.body).toMatchObject({ code });
      const left = readdirSync(join(lab.settings.data.folder, 'backups'));
      expect(left.filter((name) => /part|uploaded/.test(name))).toEqual([]);
      expect(contentOf(fileOf(lab))).toEqual(before);
    });

    it('one after the other: uploads side by side cannot fill the disk together', async () => {
      const by = { kind: 'job', id: null, name: 'test', ip: null, correlationId: null } as const;
      const slow = new PassThrough();
      const first = lab.app.get(BackupsService).takeIn(by, slow);
      const second = await bring(changed(() => undefined)).expect(409);
      expect(second.body).toMatchObject({ code: 'backup.running' });
      slow.end('no database');
      await expect(first).rejects.toMatchObject({ code: 'backup.wrong_kind' });
      await bring(changed(() => undefined)).expect(201);
    });

    it('a sound one is taken in, restored when asked, and the wish can be taken back', async () => {
      const answer = await bring(changed(() => undefined)).expect(201);
      const { backup } = answer.body as BackupCheckView;
      expect(backup).toMatchObject({ kind: 'uploaded', version: null });
      await api.post(`backups/${backup.name}/restore`).expect(200);
      await api.delete('backups/restore').expect(204);
      await api.delete('backups/restore').expect(409);
    });
  });

  it('the scheduled job makes one and takes away what is old', async () => {
    const folder = join(lab.settings.data.folder, 'backups');
    const old = Array.from(
      { length: 20 },
      (_, day) => `fabomatic-202501${String(day + 1).padStart(2, '0')}-030000Z-1.0.0-scheduled.db`,
    );
    mkdirSync(folder, { recursive: true });
    for (const name of old) writeFileSync(join(folder, name), '');
    const clock = { kind: 'job', id: null, name: 'backup', ip: null, correlationId: null } as const;
    await lab.app.get(JobsService).start(clock, 'backup', false);
    await until(async () => (await lastRun())?.outcome === 'done');
    expect(await lastRun()).toMatchObject({ triggered_by: 'schedule' });
    const left = readdirSync(folder).filter((name) => name.endsWith('scheduled.db'));
    // Today's and six of January, then the last of each of the three weeks before those.
    expect(left).toHaveLength(10);
    expect(JSON.parse((await lastRun())?.summary_json ?? '')).toMatchObject({ removed: 11 });
  });

  it('the job started by somebody makes a backup by hand, which the rotation leaves', async () => {
    const kinds = async () =>
      ((await api.get('backups').expect(200)).body as BackupList).items.map(({ kind }) => kind);
    const before = await kinds();
    const { body } = await api.post('jobs/backup/run').expect(202);
    expect(body).toMatchObject({ trigger: 'member', triggeredBy: 'Pat admin' });
    await until(async () => (await lastRun())?.outcome === 'done');
    expect((await kinds()).sort()).toEqual([...before, 'manual'].sort());
  });

  async function lastRun() {
    const [run] = await lab.rows<{ outcome: string; summary_json: string; triggered_by: string }>(
      "SELECT outcome, summary_json, triggered_by FROM job_runs WHERE job = 'backup' ORDER BY id DESC LIMIT 1",
    );
    return run;
  }
});

/** What lies beside the database about the latest restore. */
function notedIn({ settings }: TestLab): string {
  const note = readFileSync(join(settings.data.folder, 'restore', 'last.json'), 'utf8');
  expect(note).toContain('"isAudited": true');
  return note;
}

describe('a restore that cannot be carried out', () => {
  it('leaves the database as it was and is told of', async () => {
    const lab = await TestLab.start();
    const api = await TestApi.as(lab, 'admin');
    const { backup } = (await api.post('backups').expect(201)).body as BackupCheckView;
    await api.post(`backups/${backup.name}/restore`).expect(200);
    await lab.stop();
    writeFileSync(join(lab.settings.backup.folder, backup.name), 'spoilt meanwhile');
    const before = contentOf(fileOf(lab));
    await applyPendingRestore(lab.settings, { version: '1.0.0', nowS: NOW_S, log: SILENT });
    expect(contentOf(fileOf(lab))).toEqual(before);
    const again = await TestLab.start({ folder: lab.settings.data.folder });
    const { body } = await (await TestApi.as(again, 'admin')).get('backups').expect(200);
    expect(body).toMatchObject({
      pendingRestore: null,
      lastRestore: { outcome: 'failed', error: 'backup.wrong_kind' },
    });
    expect(notedIn(again)).not.toContain('Pat');
    await again.stop();
    rmSync(lab.settings.data.folder, { recursive: true });
  });

  it('a database that is damaged is kept as it is, and replaced', async () => {
    const lab = await TestLab.start();
    const api = await TestApi.as(lab, 'admin');
    const { backup } = (await api.post('backups').expect(201)).body as BackupCheckView;
    await api.post(`backups/${backup.name}/restore`).expect(200);
    await lab.stop();
    writeFileSync(fileOf(lab), 'the SD card has died');
    await applyPendingRestore(lab.settings, { version: '1.0.0', nowS: NOW_S, log: SILENT });
    expect(contentOf(fileOf(lab))['members']?.length).toBe(3);
    const kept = readdirSync(lab.settings.backup.folder).filter((name) => /^damaged/.test(name));
    expect(kept).toHaveLength(1);
    rmSync(lab.settings.data.folder, { recursive: true });
  });
});

it('a folder that cannot be used is a refusal in words', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fabomatic-full-'));
  mkdirSync(join(folder, 'there'));
  writeFileSync(join(folder, 'there', 'file'), '');
  const backups = new BackupFolder(join(folder, 'there', 'file', 'backups'));
  const database = { kind: 'sqlite', file: join(folder, 'none.db') } as const;
  const order = { database, kind: 'manual', version: '1', nowS: NOW_S } as const;
  await expect(makeBackup(backups, order)).rejects.toMatchObject({ code: 'backup.failed' });
  rmSync(folder, { recursive: true });
});
