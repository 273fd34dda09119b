import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Sqlite } from '../sqlite-driver';
import { Client } from 'pg';
import { verifyPassword } from '../auth/password-hash';
import { Card } from '../members/card.entity';
import { Member } from '../members/member.entity';
import { eachDatabase, type TestDatabase } from '../testing/databases';
import type { DatabaseTarget } from './database-config';
import { seed } from './seed';

/** Runs SQL as another program would: over a connection that the API knows nothing of. */
async function fromOutside(target: DatabaseTarget, sql: string): Promise<void> {
  if (target.kind === 'sqlite') {
    const connection = new Sqlite(target.file);
    connection.exec(sql);
    connection.close();
    return;
  }
  const client = new Client({ connectionString: target.url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** A notification of PostgreSQL needs a moment to arrive. */
async function changedSoon({ foreignCommits }: TestDatabase): Promise<boolean> {
  for (let tries = 0; tries < 40; tries += 1) {
    if (foreignCommits.changed()) return true;
    await sleep(25);
  }
  return false;
}

describe('openDatabase', () => {
  eachDatabase((kind, open) => {
    it('seeds an empty database once', async () => {
      const first = await open();
      const count = () => first.reader.em.count(Member);
      expect(await count()).toBe(2);
      expect(await seed(first, 'other@example.org')).toBe(false);
      expect(await count()).toBe(2);
      const roles = await first.reader.query(
        'SELECT name, reserved, authorize_all, maintenance, portal_access FROM roles ORDER BY id',
      );
      expect(roles.map((role) => Object.values(role))).toEqual([
        ['admins', true, true, true, 'admin'],
        ['Fab Staff', false, true, true, 'none'],
        ['Fab Users', false, true, false, 'none'],
        ['Anonymous', true, false, false, 'none'],
      ]);
    });

    it('lets the first administrator in with the known password and card', async () => {
      const { reader } = await open();
      const card = await reader.em.findOneOrFail(Card, {
        where: { uid: '12345678' },
        relations: { member: { role: true } },
      });
      expect(card.member).toMatchObject({
        email: 'admin@example.org',
        mustChangePassword: true,
        role: { name: 'admins' },
      });
      expect(await verifyPassword(card.member.passwordHash ?? '', 'admin')).toEqual({
        ok: true,
        needsRehash: false,
      });
    });

    it('notices what others commit, once, and not its own commits', async () => {
      const database = await open();
      await database.units.run((db) => db.insert('roles', { name: 'own' }));
      await sleep(100);
      expect(database.foreignCommits.changed()).toBe(false);

      await fromOutside(database.target, 'UPDATE members SET disabled = TRUE WHERE id = 2');
      expect(await changedSoon(database)).toBe(true);
      expect(database.foreignCommits.changed()).toBe(false);
    });

    it('keeps the data when it is opened again', async () => {
      const first = await open();
      await first.units.run((db) => db.insert('roles', { name: 'kept' }));
      await first.close();
      const again = await open(first.target);
      expect(await again.reader.query("SELECT id FROM roles WHERE name = 'kept'")).toHaveLength(1);
    });

    it('refuses a database that a newer release has migrated', async () => {
      const first = await open();
      await first.close();
      await fromOutside(
        first.target,
        "INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'Later9999999999999')",
      );
      await expect(open(first.target)).rejects.toMatchObject({
        code: 'database.too_new',
        params: { migration: 'Later9999999999999' },
      });
    });

    it("refuses another program's tables", async () => {
      const { target, close } = await open();
      await close();
      await fromOutside(target, 'DROP TABLE migrations');
      await expect(open(target)).rejects.toMatchObject({ code: 'database.not_ours' });
    });

    if (kind === 'sqlite') sqliteOnly(open);
    else postgresOnly(open);
  });
});

function sqliteOnly(open: (target?: DatabaseTarget) => Promise<TestDatabase>): void {
  const filesBeside = (target: DatabaseTarget) =>
    target.kind === 'sqlite' ? readdirSync(dirname(target.file)) : [];

  it('leaves a single file behind', async () => {
    const database = await open();
    await database.close();
    expect(filesBeside(database.target)).toEqual(['fabomatic.db']);
  });

  it('copies a file with data before it migrates it, and a new one not', async () => {
    const first = await open();
    expect(filesBeside(first.target)).not.toContain('backups');
    await first.close();
    const { target } = first;
    if (target.kind !== 'sqlite') throw new Error('SQLite expected');
    // As if all migrations were still to be run on data that is there.
    await fromOutside(target, "CREATE TABLE precious (x); INSERT INTO precious VALUES ('kept')");
    const file = new Sqlite(target.file);
    file.pragma('foreign_keys = OFF');
    const made = file
      .prepare<[], string>(
        `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
           AND name NOT IN ('migrations', 'precious')`,
      )
      .pluck()
      .all();
    for (const table of made) file.exec(`DROP TABLE ${table}`);
    file.close();
    await fromOutside(target, 'DELETE FROM migrations');

    await open(target);
    const folder = join(dirname(target.file), 'backups');
    const copies = readdirSync(folder);
    expect(copies).toHaveLength(1);
    const copy = new Sqlite(join(folder, copies[0] ?? ''), { readonly: true });
    expect(copy.prepare('SELECT x FROM precious').all()).toEqual([{ x: 'kept' }]);
    expect(copy.prepare("SELECT 1 FROM sqlite_master WHERE name = 'roles'").all()).toEqual([]);
    copy.close();
  });
}

function postgresOnly(open: (target?: DatabaseTarget) => Promise<TestDatabase>): void {
  it('refuses a second process, and lets it in when the first has ended', async () => {
    const first = await open();
    await expect(open(first.target)).rejects.toMatchObject({ code: 'database.in_use' });
    await first.close();
    await open(first.target);
  });

  it('takes its lock again when the server cut the connection', async () => {
    const database = await open();
    await fromOutside(
      database.target,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    for (let tries = 0; tries < 60 && !(await changedSoon(database)); tries += 1) await sleep(50);
    await expect(open(database.target)).rejects.toMatchObject({ code: 'database.in_use' });
    await database.units.run((db) => db.insert('roles', { name: 'after' }));
    expect(database.defects).toEqual([]);
  });
}
