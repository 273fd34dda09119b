import type { Database, Statement } from 'better-sqlite3';
import type { SqlValue } from './db';

const CACHE_SIZE = 500;

interface Prepared {
  readonly statement: Statement;
  /** Names of the result's columns that are declared boolean: SQLite keeps 0 and 1. */
  readonly flags: readonly string[];
}

type Row = Record<string, SqlValue>;

/** Prepares each SQL text once for one connection and makes SQLite's values those of PostgreSQL. */
export class SqliteStatements {
  /** SQL text -> prepared statement, the oldest first */
  private readonly cache = new Map<string, Prepared>();

  constructor(readonly connection: Database) {}

  rows<R>(sql: string, params: readonly SqlValue[]): R[] {
    const { statement, flags } = this.prepare(sql);
    if (!statement.reader) {
      statement.run(...params.map(bindable));
      return [];
    }
    const rows = statement.all(...params.map(bindable)) as Row[];
    for (const flag of flags) for (const row of rows) row[flag] = asFlag(row[flag]);
    return rows as R[];
  }

  /** Rows one after the other; the statement is this caller's own. */
  *each<R>(sql: string, params: readonly SqlValue[]): Generator<R> {
    const statement = this.connection.prepare(sql);
    const flags = flagsOf(statement);
    for (const row of statement.iterate(...params.map(bindable)) as IterableIterator<Row>) {
      for (const flag of flags) row[flag] = asFlag(row[flag]);
      yield row as R;
    }
  }

  /** Number of rows that were changed. */
  changes(sql: string, params: readonly SqlValue[]): number {
    const { statement } = this.prepare(sql);
    const values = params.map(bindable);
    return statement.reader ? statement.all(...values).length : statement.run(...values).changes;
  }

  private prepare(sql: string): Prepared {
    const known = this.cache.get(sql);
    if (known !== undefined) return known;
    const statement = this.connection.prepare(sql);
    const prepared = { statement, flags: flagsOf(statement) };
    this.cache.set(sql, prepared);
    if (this.cache.size > CACHE_SIZE) {
      for (const oldest of this.cache.keys()) {
        this.cache.delete(oldest);
        break;
      }
    }
    return prepared;
  }
}

function flagsOf(statement: Statement): string[] {
  if (!statement.reader) return [];
  return statement
    .columns()
    .filter((column) => column.type === 'boolean')
    .map((column) => column.name);
}

function bindable(value: SqlValue): string | number | null {
  return typeof value === 'boolean' ? Number(value) : value;
}

function asFlag(value: SqlValue | undefined): boolean | null {
  return value === null || value === undefined ? null : value !== 0;
}
