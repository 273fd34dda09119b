import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError, toIso } from '@fabomatic/kernel';
import type { DatabaseLocation } from '../settings/settings.module';
import type { BackupFolder } from './backup-folder';
import { checkBackup, type RowCounts } from './check-backup';
import { makeBackup } from './make-backup';
import { restoreDump } from './postgres-tools';

export interface RestoreOrder {
  readonly database: DatabaseLocation;
  /** Of the backup that takes the database's place. */
  readonly file: string;
  readonly version: string;
  readonly nowS: number;
}

export interface Restored {
  readonly rows: RowCounts;
  /** The database as it was; null when there was none. */
  readonly wayBack: string | null;
}

/**
 * Puts a backup in the place of the database, which nobody may have open. The backup is checked first
 * and the database is kept in `folder`; when anything fails the database is what it was.
 */
export async function restore(folder: BackupFolder, order: RestoreOrder): Promise<Restored> {
  const { database, file } = order;
  const rows = await checkBackup(file, database.kind);
  return database.kind === 'sqlite'
    ? { rows, wayBack: await replaceFile(folder, database.file, order) }
    : { rows, wayBack: await replacePostgres(folder, database.url, order) };
}

async function replaceFile(
  folder: BackupFolder,
  target: string,
  order: RestoreOrder,
): Promise<string | null> {
  folder.prepare();
  // The whole data folder may be what was lost.
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  const prepared = `${target}.restoring`;
  copyFileSync(order.file, prepared);
  syncFile(prepared, 'r+');
  const wayBack = existsSync(target) ? await keepFile(folder, target, order) : null;
  // The log belongs to the old file: with the new one beside it, it would spoil that.
  for (const rest of ['-wal', '-shm']) rmSync(`${target}${rest}`, { force: true });
  renameSync(prepared, target);
  syncFile(dirname(target), 'r');
  return wayBack;
}

/** A copy if it can be read, else the files as they are: the reason to restore may be damage. */
async function keepFile(
  folder: BackupFolder,
  target: string,
  { database, version, nowS }: RestoreOrder,
): Promise<string> {
  try {
    const made = await makeBackup(folder, { database, kind: 'before-restore', version, nowS });
    return folder.pathOf(made.backup);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'backup.no_space') throw error;
    const kept = join(folder.path, `damaged-${toIso(nowS).replaceAll(':', '-')}`);
    for (const rest of ['', '-wal', '-shm']) {
      if (existsSync(`${target}${rest}`)) copyFileSync(`${target}${rest}`, `${kept}.sqlite${rest}`);
    }
    return `${kept}.sqlite`;
  }
}

async function replacePostgres(
  folder: BackupFolder,
  url: string,
  { database, version, nowS, file }: RestoreOrder,
): Promise<string> {
  const made = await makeBackup(folder, { database, kind: 'before-restore', version, nowS });
  const wayBack = folder.pathOf(made.backup);
  try {
    await restoreDump(url, file);
  } catch (error) {
    // The database is half empty now: back to what it was, and the error is told all the same.
    await restoreDump(url, wayBack);
    throw error;
  }
  return wayBack;
}

function syncFile(path: string, flags: string): void {
  const opened = openSync(path, flags);
  fsyncSync(opened);
  closeSync(opened);
}
