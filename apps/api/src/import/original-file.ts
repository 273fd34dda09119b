import { createHash } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import type { Database } from 'better-sqlite3';
import { Sqlite } from '../sqlite-driver';
import { StartError, systemErrorCode } from '../start-error';

/** A row of the original: SQLite keeps any type in any column, so nothing is believed. */
export type OriginalRow = Readonly<Record<string, unknown>>;

const SQLITE_HEADER = 'SQLite format 3\0';

/** Tables that every release of the original has had; `boards` came later. */
const REQUIRED_TABLES = [
  'roles',
  'users',
  'machine_types',
  'machines',
  'authorizations',
  'maintenances',
  'interventions',
  'uses',
  'unknown_cards',
] as const;

export type OriginalTable = (typeof REQUIRED_TABLES)[number] | 'boards';

/**
 * The original's database file, opened read-only and in one read transaction: what is imported is
 * one moment of it, even if the original should still be running.
 */
export class OriginalFile {
  private constructor(
    private readonly connection: Database,
    private readonly path: string,
  ) {}

  /** Refuses with one sentence ({@link StartError}) whatever is not a sound file of the original. */
  static open(path: string): OriginalFile {
    checkHeader(path);
    let connection: Database | undefined;
    try {
      connection = new Sqlite(path, { readonly: true, fileMustExist: true });
      connection.exec('BEGIN');
      checkIntegrity(path, connection);
      checkTables(path, connection);
      return new OriginalFile(connection, path);
    } catch (error) {
      connection?.close();
      throw readingProblem(error, path);
    }
  }

  get name(): string {
    return basename(this.path);
  }

  /** SHA-256 of the file in hex: by it the same file is known again. */
  async digest(): Promise<string> {
    const hash = createHash('sha256');
    for await (const part of createReadStream(this.path)) hash.update(part as Buffer);
    return hash.digest('hex');
  }

  /** 0 for a table that this release did not have yet. */
  count(table: OriginalTable): number {
    if (!this.has(table)) return 0;
    return Number(this.connection.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get());
  }

  /** All rows, by their key, one after the other; columns that are missing are not in the rows. */
  rows(table: OriginalTable, key: string): IterableIterator<OriginalRow> {
    if (!this.has(table)) return [].values();
    return this.select(`SELECT * FROM ${table} ORDER BY ${key}`);
  }

  /** Rows of a question that every release of the original can answer. */
  select(sql: string): IterableIterator<OriginalRow> {
    return this.connection.prepare<[], OriginalRow>(sql).iterate();
  }

  close(): void {
    this.connection.close();
  }

  private has(table: OriginalTable): boolean {
    return tablesOf(this.connection).has(table);
  }
}

function checkHeader(path: string): void {
  const start = Buffer.alloc(SQLITE_HEADER.length);
  let length: number;
  try {
    const file = openSync(path, 'r');
    length = readSync(file, start, 0, start.length, 0);
    closeSync(file);
  } catch (error) {
    // No such file, a folder, or not ours to read.
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
    throw new StartError(`${path}: ${why}.`, { cause: error });
  }
  if (length === 0) throw new StartError(`${path} is empty: there is nothing to import.`);
  if (start.toString('latin1') !== SQLITE_HEADER) {
    throw new StartError(`${path} is no SQLite database.`);
  }
}

function checkIntegrity(path: string, connection: Database): void {
  const found = quickCheck(connection);
  if (found === 'ok') return;
  throw new StartError(`${path} is damaged (${found}): restore a backup and import that.`);
}

/** 'ok', or what is wrong. */
function quickCheck(connection: Database): string {
  try {
    return String(connection.pragma('quick_check(1)', { simple: true }));
  } catch (error) {
    // SQLITE_CORRUPT: too damaged even to be checked.
    return error instanceof Error ? error.message : String(error);
  }
}

function checkTables(path: string, connection: Database): void {
  const found = tablesOf(connection);
  const missing = REQUIRED_TABLES.filter((table) => !found.has(table));
  if (missing.length > 0) {
    throw new StartError(
      `${path} is no database of FabOMatic 0.0.18 to 1.0: it has no table ${missing.join(', ')}.`,
    );
  }
}

function tablesOf(connection: Database): Set<unknown> {
  const names = connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck();
  return new Set(names.all());
}

/** An error of SQLite at reading: the file is damaged, locked, or needs a recovery that is a write. */
function readingProblem(error: unknown, path: string): unknown {
  const code = systemErrorCode(error);
  if (!code?.startsWith('SQLITE_')) return error;
  const why =
    code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB'
      ? 'is damaged: restore a backup and import that'
      : `cannot be read (${code}): stop the original, copy the file, and import the copy`;
  return new StartError(`${path} ${why}.`, { cause: error });
}
