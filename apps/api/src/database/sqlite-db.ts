import { setImmediate } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { CHUNK_ROWS, Db, ReadDb, type SqlValue } from './db';
import { insertSql } from './insert-sql';
import { Sqlite } from '../sqlite-driver';
import { SqliteStatements } from './sqlite-statements';

const NONE: readonly SqlValue[] = [];

/** Reads on the read-only connection, where nothing that is not committed can be seen. */
export class SqliteReadDb extends ReadDb {
  constructor(
    private readonly statements: SqliteStatements,
    readonly em: EntityManager,
  ) {
    super();
  }

  // Async, so that a refused statement becomes a rejection and not a throw.
  async query<R>(sql: string, params: readonly SqlValue[] = NONE): Promise<R[]> {
    return this.statements.rows<R>(sql, params);
  }

  /** On a connection of its own: on the shared one all other reading would stand still in time. */
  async *chunks<R>(
    sql: string,
    params: readonly SqlValue[] = NONE,
    rowsAtOnce = CHUNK_ROWS,
  ): AsyncGenerator<R[]> {
    const connection = new Sqlite(this.statements.connection.name, { readonly: true });
    try {
      yield* inChunks(new SqliteStatements(connection).each<R>(sql, params), rowsAtOnce);
    } finally {
      connection.close();
    }
  }
}

async function* inChunks<R>(rows: Iterable<R>, rowsAtOnce: number): AsyncGenerator<R[]> {
  let chunk: R[] = [];
  for (const row of rows) {
    chunk.push(row);
    if (chunk.length < rowsAtOnce) continue;
    yield chunk;
    chunk = [];
    await setImmediate();
  }
  if (chunk.length > 0) yield chunk;
}

/** The writer's connection, lent to one unit. */
export class SqliteDb extends Db {
  /** The first error of a statement: the unit is rolled back, even if it caught it. */
  failure: unknown;
  callbacks: (() => void)[] | undefined;
  private isOver = false;

  constructor(
    private readonly statements: SqliteStatements,
    private readonly manager: EntityManager,
  ) {
    super();
  }

  get em(): EntityManager {
    this.refuseWhenOver();
    return this.manager;
  }

  async query<R>(sql: string, params: readonly SqlValue[] = NONE): Promise<R[]> {
    return this.attempt(() => this.statements.rows<R>(sql, params));
  }

  /** A unit is short: it has no reason to read for long. */
  async *chunks<R>(sql: string, params: readonly SqlValue[] = NONE): AsyncGenerator<R[]> {
    yield await this.query<R>(sql, params);
  }

  async execute(sql: string, params: readonly SqlValue[] = NONE): Promise<number> {
    return this.attempt(() => this.statements.changes(sql, params));
  }

  async insert(table: string, row: Readonly<Record<string, SqlValue>>): Promise<number> {
    const sql = insertSql(table, Object.keys(row));
    const [added] = this.attempt(() =>
      this.statements.rows<{ id: number }>(sql, Object.values(row)),
    );
    if (added === undefined) throw new Error(`${table}: RETURNING gave no row`);
    return added.id;
  }

  afterCommit(callback: () => void): void {
    this.refuseWhenOver();
    (this.callbacks ??= []).push(callback);
  }

  /** From here on a forgotten `await` in the unit is an error, not a write in someone else's. */
  end(): void {
    this.isOver = true;
  }

  private attempt<T>(statement: () => T): T {
    this.refuseWhenOver();
    try {
      return statement();
    } catch (error) {
      // Whatever the database refuses, a constraint as a rule: passed on, and remembered.
      this.failure ??= error;
      throw error;
    }
  }

  private refuseWhenOver(): void {
    if (this.isOver) throw new Error('the unit of work has ended: an await is missing in it');
  }
}
