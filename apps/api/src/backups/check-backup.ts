import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import { AppError } from '@fabomatic/kernel';
import { migrations } from '@fabomatic/migrations';
import { systemErrorCode } from '../start-error';
import { readDump } from './postgres-tools';
import { type Inspection, inspectInThread } from './sqlite-worker';

/** What a file of this database kind begins with. */
const HEADERS = { sqlite: 'SQLite format 3\0', postgres: 'PGDMP' } as const;
const ORIGINAL_TABLES = ['alembic_version', 'unknown_cards'];

/** table -> number of rows */
export type RowCounts = Readonly<Record<string, number>>;

/**
 * Opens a backup and checks that it is whole, ours, and not of a newer version. Whatever it is not is
 * an AppError `backup.*`.
 */
export async function checkBackup(file: string, kind: keyof typeof HEADERS): Promise<RowCounts> {
  checkHeader(file, HEADERS[kind]);
  if (kind === 'postgres') {
    const dump = await readDump(file);
    refuseForeign(dump);
    return dump.rows;
  }
  const found = await inspectFile(file);
  refuseUnsound(found);
  refuseForeign(found);
  return found.rows;
}

/** An inspection that found damage, as the error it is. */
export function refuseUnsound({ integrity, orphans }: Inspection): void {
  if (integrity !== 'ok') throw new AppError('backup.damaged', { reason: integrity });
  if (orphans > 0) {
    throw new AppError('backup.damaged', { reason: `${orphans} rows refer to rows that are gone` });
  }
}

async function inspectFile(file: string): Promise<Inspection> {
  try {
    return await inspectInThread({ file, copyTo: null });
  } catch (error) {
    // SQLITE_CORRUPT, SQLITE_NOTADB: too damaged even to be checked. The rest is a defect.
    if (systemErrorCode(error)?.startsWith('SQLITE_') !== true) throw error;
    throw new AppError('backup.damaged', { reason: error instanceof Error ? error.message : '' });
  } finally {
    // Reading a file that was in write-ahead mode leaves these beside it.
    for (const rest of ['-wal', '-shm']) rmSync(`${file}${rest}`, { force: true });
  }
}

function checkHeader(file: string, header: string): void {
  const start = Buffer.alloc(header.length);
  try {
    const opened = openSync(file, 'r');
    readSync(opened, start, 0, start.length, 0);
    closeSync(opened);
  } catch (error) {
    // No such file, a folder, or not ours to read.
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    throw code === 'ENOENT'
      ? new AppError('backup.not_found', { name: file })
      : new AppError('backup.damaged', { reason: code });
  }
  if (start.toString('latin1') !== header) throw new AppError('backup.wrong_kind');
}

function refuseForeign({
  tables,
  migrations: applied,
}: Readonly<Record<'tables' | 'migrations', readonly string[]>>): void {
  if (ORIGINAL_TABLES.every((table) => tables.includes(table))) {
    throw new AppError('backup.is_original');
  }
  const known: ReadonlySet<string> = new Set(migrations.map(({ name }) => name));
  // The first migration is in every database of ours.
  if (migrations[0] === undefined || !applied.includes(migrations[0].name)) {
    throw new AppError('backup.not_ours');
  }
  const unknown = applied.find((name) => !known.has(name));
  if (unknown !== undefined) throw new AppError('backup.too_new', { migration: unknown });
}
