import type { ClientBase, Pool } from 'pg';
import type { EntityManager } from 'typeorm';
import { CHUNK_ROWS, Db, ReadDb, type SqlValue } from './db';
import { insertSql } from './insert-sql';
import { postgresQuery } from './postgres-sql';

const NONE: readonly SqlValue[] = [];

/** Reads on a pool whose connections refuse to write. */
export class PostgresReadDb extends ReadDb {
  constructor(
    private readonly pool: Pool,
    readonly em: EntityManager,
  ) {
    super();
  }

  async query<R>(sql: string, params: readonly SqlValue[] = NONE): Promise<R[]> {
    return (await this.pool.query(postgresQuery(sql, params))).rows as R[];
  }

  /** A cursor in a transaction: PostgreSQL keeps the moment, and hands over rows as asked. */
  async *chunks<R>(
    sql: string,
    params: readonly SqlValue[] = NONE,
    rowsAtOnce = CHUNK_ROWS,
  ): AsyncGenerator<R[]> {
    const client = await this.pool.connect();
    let isWhole = false;
    try {
      await client.query('BEGIN');
      await client.query(postgresQuery(`DECLARE chunks NO SCROLL CURSOR FOR ${sql}`, params));
      for (;;) {
        const { rows } = await client.query(`FETCH ${rowsAtOnce} FROM chunks`);
        if (rows.length > 0) yield rows as R[];
        if (rows.length < rowsAtOnce) break;
      }
      await client.query('COMMIT');
      isWhole = true;
    } finally {
      // Left in the middle by an error or by the reader: the connection is closed with its cursor.
      client.release(!isWhole);
    }
  }
}

/** A pooled connection with an open transaction, lent to one unit. */
export class PostgresDb extends Db {
  readonly callbacks: (() => void)[] = [];
  private isOver = false;

  constructor(
    private readonly client: ClientBase,
    private readonly manager: EntityManager,
  ) {
    super();
  }

  get em(): EntityManager {
    this.refuseWhenOver();
    return this.manager;
  }

  async query<R>(sql: string, params: readonly SqlValue[] = NONE): Promise<R[]> {
    this.refuseWhenOver();
    return (await this.client.query(postgresQuery(sql, params))).rows as R[];
  }

  /** A unit is short: it has no reason to read for long. */
  async *chunks<R>(sql: string, params: readonly SqlValue[] = NONE): AsyncGenerator<R[]> {
    yield await this.query<R>(sql, params);
  }

  async execute(sql: string, params: readonly SqlValue[] = NONE): Promise<number> {
    this.refuseWhenOver();
    return (await this.client.query(postgresQuery(sql, params))).rowCount ?? 0;
  }

  async insert(table: string, row: Readonly<Record<string, SqlValue>>): Promise<number> {
    const sql = insertSql(table, Object.keys(row));
    const [added] = await this.query<{ id: number }>(sql, Object.values(row));
    if (added === undefined) throw new Error(`${table}: RETURNING gave no row`);
    return added.id;
  }

  afterCommit(callback: () => void): void {
    this.refuseWhenOver();
    this.callbacks.push(callback);
  }

  /** From here on a forgotten `await` in the unit is an error, not a write in someone else's. */
  end(): void {
    this.isOver = true;
  }

  private refuseWhenOver(): void {
    if (this.isOver) throw new Error('the unit of work has ended: an await is missing in it');
  }
}
