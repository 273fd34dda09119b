import { existsSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { AppError, systemClock, toIso } from '@fabomatic/kernel';
import { migrations } from '@fabomatic/migrations';
import type { Database } from 'better-sqlite3';
import type { DataSource } from 'typeorm';
import type { DatabaseConfig } from './database-config';
import { databaseErrors } from './database-errors';

/** Whether the SQLite file already holds something; to be asked before it is opened. */
export function isExistingFile(config: DatabaseConfig): boolean {
  const { target } = config;
  return target.kind === 'sqlite' && existsSync(target.file) && statSync(target.file).size > 0;
}

/**
 * Brings the database to the newest schema. A SQLite file that holds data is copied first.
 * Gives the copy's path, or null when none was needed.
 * Errors: `database.too_new`, `database.not_ours`.
 */
export async function migrate(
  writer: DataSource,
  config: DatabaseConfig,
  holdsData: boolean,
): Promise<string | null> {
  await refuseForeignSchema(writer);
  if (!(await writer.showMigrations())) return null;
  const copy = holdsData ? await backUp(writer, config) : null;
  // All or nothing: a migration that fails leaves the schema of before.
  await writer.runMigrations({ transaction: 'all' });
  return copy;
}

async function refuseForeignSchema(writer: DataSource): Promise<void> {
  const runner = writer.createQueryRunner();
  try {
    if (!(await runner.hasTable('migrations'))) {
      if ((await runner.hasTable('roles')) || (await runner.hasTable('users'))) {
        throw new AppError(databaseErrors.notOurs);
      }
      return;
    }
    const known = new Set(migrations.map((migration) => migration.name));
    const applied: { name: string }[] = await runner.query('SELECT name FROM migrations');
    const unknown = applied.find(({ name }) => !known.has(name));
    if (unknown !== undefined) {
      throw new AppError(databaseErrors.tooNew, { migration: unknown.name });
    }
  } finally {
    await runner.release();
  }
}

/** `data/fabomatic.db` -> `data/backups/fabomatic-2026-11-24T14-18-00.000Z.db` */
async function backUp(writer: DataSource, config: DatabaseConfig): Promise<string | null> {
  const { target } = config;
  if (target.kind !== 'sqlite') return null;
  const folder = config.backupFolder ?? join(dirname(target.file), 'backups');
  const extension = extname(target.file);
  const name = basename(target.file, extension);
  const time = toIso(systemClock.nowS()).replaceAll(':', '-');
  const copy = join(folder, `${name}-${time}${extension}`);
  await mkdir(folder, { recursive: true });
  const runner = writer.createQueryRunner();
  const connection: Database = await runner.connect();
  // SQLite's own way of copying: the newest rows may still be in the write-ahead log.
  await connection.backup(copy);
  return copy;
}
