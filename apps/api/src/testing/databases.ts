import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseTarget } from '../database/database-config';
import { openDatabase, type OpenDatabase } from '../database/open-database';
import { createPostgresDatabase } from './postgres';

export type DatabaseKind = DatabaseTarget['kind'];

export interface TestDatabase extends OpenDatabase {
  readonly target: DatabaseTarget;
  /** What went to the log as an error: defects in callbacks. */
  readonly defects: unknown[];
}

/** Opens a database that is new, or the one of `target` again; closed after the test. */
export type OpenTestDatabase = (target?: DatabaseTarget) => Promise<TestDatabase>;

const folders: string[] = [];

/** A database that does not hold anything yet. */
export async function freshTarget(kind: DatabaseKind): Promise<DatabaseTarget> {
  if (kind === 'postgres') return { kind, url: await createPostgresDatabase() };
  const folder = mkdtempSync(join(tmpdir(), 'fabomatic-spec-'));
  folders.push(folder);
  return { kind, file: join(folder, 'fabomatic.db') };
}

/** Runs the same tests on SQLite and on PostgreSQL, each test with databases of its own. */
export function eachDatabase(
  tests: (kind: DatabaseKind, open: OpenTestDatabase) => void,
  kinds: readonly DatabaseKind[] = ['sqlite', 'postgres'],
): void {
  describe.each(kinds)('%s', (kind) => {
    const opened: OpenDatabase[] = [];
    // The first test may have to start PostgreSQL.
    jest.setTimeout(60_000);

    afterEach(async () => {
      for (const database of opened.splice(0)) await database.close();
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
    });

    tests(kind, async (target) => {
      const database = await openTestDatabase(target ?? (await freshTarget(kind)));
      opened.push(database);
      return database;
    });
  });
}

async function openTestDatabase(target: DatabaseTarget): Promise<TestDatabase> {
  const defects: unknown[] = [];
  const log = {
    log: () => undefined,
    warn: () => undefined,
    error: (e: unknown) => defects.push(e),
  };
  const database = await openDatabase(
    { target, adminEmail: 'admin@example.org' },
    { log, onTakenOver: () => defects.push('taken over') },
  );
  return { ...database, target, defects };
}
