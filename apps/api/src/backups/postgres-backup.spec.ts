import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BackupCheckView, BackupComparisonView } from '@fabomatic/system';
import { Client } from 'pg';
import { freePort } from '@fabomatic/virtual-board';
import { createPostgresDatabase } from '../testing/postgres';
import { verifyCommand } from '../cli/verify.command';
import { openDatabase, type OpenDatabase } from '../database/open-database';
import { TestApi } from '../testing/test-api';
import { TestLab, until } from '../testing/test-lab';
import { BackupFolder } from './backup-folder';
import { checkBackup } from './check-backup';
import { makeBackup } from './make-backup';
import { pgDumpVersion } from './postgres-tools';
import { restore } from './restore';

/** pg_dump refuses servers that are newer than itself: this needs a server of its own age. */
const BIN = '/usr/lib/postgresql/15/bin';
const NOBODY = 65_534;
const NOW_S = 1_795_000_000;
const LOG = { log: () => undefined, warn: () => undefined, error: () => undefined };
jest.setTimeout(60_000);

function open(url: string): Promise<OpenDatabase> {
  return openDatabase(
    { target: { kind: 'postgres', url }, adminEmail: 'admin@example.org' },
    { log: LOG, onTakenOver: () => undefined },
  );
}

/** table -> all of its rows */
async function contentOf(url: string): Promise<Record<string, Record<string, unknown>[]>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
    );
    const content: Record<string, Record<string, unknown>[]> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<Record<string, unknown>>(
        `SELECT * FROM "${name}" ORDER BY 1`,
      );
      content[name] = rows;
    }
    return content;
  } finally {
    await client.end();
  }
}

describe('PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fabomatic-dump-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('what pg_dump refuses is told in its words, and nothing is left behind', async () => {
    const backups = new BackupFolder(join(folder, 'refused'));
    const url = new URL(await createPostgresDatabase());
    url.pathname = '/there_is_none';
    const database = { kind: 'postgres', url: url.toString() } as const;
    const order = { database, kind: 'manual', version: '1.0.0', nowS: NOW_S } as const;
    await expect(makeBackup(backups, order)).rejects.toMatchObject({ code: 'backup.failed' });
    expect(backups.list()).toEqual([]);
  });

  (existsSync(join(BIN, 'postgres')) ? describe : describe.skip)('with pg_dump', () => {
    let server: ChildProcess;
    let url = '';
    beforeAll(async () => {
      const data = mkdtempSync(join(tmpdir(), 'fabomatic-pg15-'));
      const owner = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
      if (owner.uid !== undefined) chownSync(data, NOBODY, NOBODY);
      const cluster = join(data, 'cluster');
      execFileSync(
        join(BIN, 'initdb'),
        ['-D', cluster, '-U', 'lab', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
        owner,
      );
      const port = await freePort();
      const settings = [
        `port=${port}`,
        'listen_addresses=127.0.0.1',
        'unix_socket_directories=',
        'fsync=off',
      ];
      server = spawn(
        join(BIN, 'postgres'),
        ['-D', cluster, ...settings.flatMap((setting) => ['-c', setting])],
        { ...owner, stdio: 'ignore' },
      );
      url = `postgresql://lab:se:cr%5Cet@127.0.0.1:${port}/postgres`;
      await until(async () => {
        const client = new Client({ connectionString: url });
        try {
          await client.connect();
          await client.end();
          return true;
        } catch {
          // Not listening yet.
          return false;
        }
      });
    });
    afterAll(() => server.kill('SIGINT'));

    it('dumps, restores and keeps a way back', async () => {
      expect(await pgDumpVersion()).toBe(15);
      const backups = new BackupFolder(join(folder, 'dumps'));
      const database = { kind: 'postgres', url } as const;
      const order = { database, version: '1.0.0', nowS: NOW_S };
      const names = async () => {
        const opened = await open(url);
        const rows = await opened.reader.query('SELECT name FROM machines ORDER BY id');
        await opened.close();
        return rows;
      };
      const add = async (name: string) => {
        const opened = await open(url);
        await opened.units.run((db) => db.insert('machines', { name, created_at: 1 }));
        await opened.close();
      };
      await add('Laser');
      const { backup } = await makeBackup(backups, { ...order, kind: 'manual' });
      await add('Added later');
      const file = backups.pathOf(backup);
      const { wayBack } = await restore(backups, { ...order, file });
      expect(await names()).toEqual([{ name: 'MACHINE1' }, { name: 'Laser' }]);
      await restore(backups, { ...order, file: wayBack ?? '' });
      expect(await names()).toHaveLength(3);
    });

    it('[57] backs up under load, tells the rows, and restores them all', async () => {
      const backups = new BackupFolder(join(folder, 'load'));
      const database = { kind: 'postgres', url } as const;
      const order = { database, version: '1.0.0', nowS: NOW_S };
      const opened = await open(url);
      let isStopped = false;
      const writers = Array.from({ length: 4 }, async () => {
        // Each unit writes both: half a unit would show.
        while (!isStopped) {
          await opened.units.run(async (db) => {
            const use = { machine_id: 1, started_at: NOW_S, last_seen_at: NOW_S, authorized: true };
            await db.insert('uses', { ...use, card_uid: 'a\tb\nc\\.', ended_at: NOW_S });
            await db.execute('UPDATE machines SET hours_s = hours_s + 1 WHERE id = 1', []);
          });
        }
      });
      const made = await makeBackup(backups, { ...order, kind: 'manual' }).finally(async () => {
        isStopped = true;
        await Promise.all(writers);
        await opened.close();
      });
      const later = await contentOf(url);
      await restore(backups, { ...order, file: backups.pathOf(made.backup) });
      const restored = await contentOf(url);
      const counts = Object.entries(restored).map(([table, rows]) => [table, rows.length] as const);
      expect(made.rows).toEqual(Object.fromEntries(counts));
      const uses = restored['uses'] ?? [];
      expect(uses.length).toBeGreaterThan(0);
      // A unit that began earlier may have ended later than the backup.
      const ids = new Set(uses.map(({ id }) => id));
      expect(later['uses']?.filter(({ id }) => ids.has(id))).toEqual(uses);
      expect(restored['machines']?.find(({ id }) => id === 1)).toMatchObject({
        hours_s: uses.length,
      });
    });

    it('[57] the portal says in numbers what a restore would bring', async () => {
      const client = new Client({ connectionString: url });
      await client.connect();
      await client.query('CREATE DATABASE portal');
      await client.end();
      const databaseUrl = Object.assign(new URL(url), { pathname: '/portal' }).toString();
      const lab = await TestLab.start({ databaseUrl });
      try {
        const api = await TestApi.as(lab, 'admin');
        const made = (await api.post('backups').expect(201)).body as BackupCheckView;
        await lab.change((db) => db.insert('machines', { name: 'Later', created_at: 1 }));
        const { name } = made.backup;
        const check = (await api.post(`backups/${name}/check`).expect(200))
          .body as BackupComparisonView;
        expect(check.rows).toMatchObject({ machines: 1, members: 3, uses: 0 });
        expect(check.now).toMatchObject({ machines: 2, members: 3, uses: 0 });
      } finally {
        await lab.remove();
      }
    });

    it('verify reads all of it, and says what it could not read', async () => {
      const environment = { ...process.env };
      const verify = async (): Promise<string> => {
        let out = '';
        const write = jest
          .spyOn(process.stdout, 'write')
          .mockImplementation((text) => Boolean((out += String(text))));
        await verifyCommand.run({ words: [], flags: new Set(), options: new Map() });
        write.mockRestore();
        return out;
      };
      const data = join(folder, 'data');
      Object.assign(process.env, { FABOMATIC_DATA_DIR: data, FABOMATIC_DATABASE_URL: url });
      delete process.env['FABOMATIC_TEST_POSTGRES'];
      const client = new Client({ connectionString: url });
      await client.connect();
      try {
        expect(await verify()).toContain('ok      The database is sound.');
        // Rows that this role may not see stand in for a page that cannot be read.
        await client.query(
          `CREATE ROLE reader LOGIN; GRANT USAGE ON SCHEMA public TO reader;
           GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;
           GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO reader;
           ALTER TABLE uses ENABLE ROW LEVEL SECURITY`,
        );
        process.env['FABOMATIC_DATABASE_URL'] = url.replace('//lab:', '//reader:');
        expect(await verify()).toMatch(
          /WRONG {3}The database could not be read whole: .*row-level security/,
        );
        await client.query('CREATE DATABASE nothing');
        process.env['FABOMATIC_DATABASE_URL'] = url.replace('/postgres', '/nothing');
        expect(await verify()).toContain('WRONG   The database holds nothing of FabOMatic yet');
      } finally {
        await client.query('ALTER TABLE uses DISABLE ROW LEVEL SECURITY');
        await client.query('DROP DATABASE IF EXISTS nothing');
        await client.end();
        for (const name of ['FABOMATIC_DATA_DIR', 'FABOMATIC_DATABASE_URL']) {
          delete process.env[name];
        }
        Object.assign(process.env, environment);
      }
    });

    it('[B10] an archive that was cut off or changed is refused, whole as its list is', async () => {
      const backups = new BackupFolder(join(folder, 'damaged'));
      const database = { kind: 'postgres', url } as const;
      const order = { database, version: '1.0.0', nowS: NOW_S };
      const { backup, rows } = await makeBackup(backups, { ...order, kind: 'manual' });
      const file = backups.pathOf(backup);
      expect(await checkBackup(file, 'postgres')).toEqual(rows);
      const sound = readFileSync(file);
      const before = await contentOf(url);
      const changed = Buffer.from(sound);
      changed.fill(0x5a, sound.length - 400, sound.length - 200);
      for (const content of [sound.subarray(0, sound.length - 300), changed]) {
        writeFileSync(file, content);
        // What stands at its beginning is all there.
        execFileSync(join(BIN, 'pg_restore'), ['--list', file]);
        await expect(checkBackup(file, 'postgres')).rejects.toMatchObject({
          code: 'backup.damaged',
        });
        await expect(restore(backups, { ...order, file })).rejects.toMatchObject({
          code: 'backup.damaged',
        });
      }
      expect(await contentOf(url)).toEqual(before);
      writeFileSync(file, 'PGDMP and then nothing of use');
      await expect(checkBackup(file, 'postgres')).rejects.toMatchObject({ code: 'backup.damaged' });
    });
  });
});
