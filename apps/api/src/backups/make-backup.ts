import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@fabomatic/kernel';
import { type BackupKind, backupName } from '@fabomatic/system';
import type { DatabaseLocation } from '../settings/settings.module';
import { systemErrorCode } from '../start-error';
import type { BackupFolder, StoredBackup } from './backup-folder';
import { checkBackup, refuseUnsound, type RowCounts } from './check-backup';
import { dump } from './postgres-tools';
import { inspectInThread } from './sqlite-worker';

export interface BackupOrder {
  readonly database: DatabaseLocation;
  readonly kind: BackupKind;
  readonly version: string;
  readonly nowS: number;
}

export interface MadeBackup {
  readonly backup: StoredBackup;
  readonly rows: RowCounts;
}

/**
 * Copies the database, whoever is writing to it meanwhile, and checks the copy: what is in the folder
 * under its name was opened and found sound. Errors: `backup.failed`, `.no_space`, `.damaged`.
 */
export async function makeBackup(folder: BackupFolder, order: BackupOrder): Promise<MadeBackup> {
  const { database } = order;
  folder.prepare();
  const name = freeName(folder, order);
  const unfinished = join(folder.path, `${name}.part`);
  try {
    const rows =
      database.kind === 'sqlite'
        ? await copySqlite(folder, database.file, unfinished)
        : await copyPostgres(database.url, unfinished);
    renameSync(unfinished, join(folder.path, name));
    folder.protect(name);
    return { backup: folder.get(name), rows };
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw explained(error);
  }
}

async function copySqlite(folder: BackupFolder, file: string, copyTo: string): Promise<RowCounts> {
  folder.requireSpace(statSync(file).size);
  const found = await inspectInThread({ file, copyTo });
  refuseUnsound(found);
  return found.rows;
}

async function copyPostgres(url: string, file: string): Promise<RowCounts> {
  await dump(url, file);
  return checkBackup(file, 'postgres');
}

/** Two backups of one second get names of their own. */
function freeName(folder: BackupFolder, { database, kind, version, nowS }: BackupOrder): string {
  const extension = database.kind === 'sqlite' ? 'db' : 'dump';
  for (let atS = Math.floor(nowS); ; atS++) {
    const name = backupName({ kind, atS, version }, extension);
    if (!existsSync(join(folder.path, name))) return name;
  }
}

/** Errors of SQLite and of the system become what the page shows; defects stay what they are. */
function explained(error: unknown): unknown {
  const code = systemErrorCode(error);
  if (error instanceof AppError || code === undefined) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new AppError('backup.failed', { reason: `${message} (${code})` });
}
