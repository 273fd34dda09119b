import type { EntityManager } from 'typeorm';

/** What a column may hold; flags are `true`/`false` on both databases. */
export type SqlValue = string | number | boolean | null;

/** How many rows are read at once by {@link ReadDb.chunks}: a millisecond or two of work. */
export const CHUNK_ROWS = 500;

/**
 * Reading. SQL is written once for both databases, with `?` for each parameter.
 * Columns declared boolean come back as booleans and counts as numbers on either.
 */
export abstract class ReadDb {
  /** Rows of a SELECT. */
  abstract query<R = Record<string, SqlValue>>(
    sql: string,
    params?: readonly SqlValue[],
  ): Promise<R[]>;

  /**
   * Rows of a SELECT that may have very many, some at a time, all as they were at one moment. Between
   * two chunks others have their turn, and the next chunk is read when it is asked for.
   */
  abstract chunks<R = Record<string, SqlValue>>(
    sql: string,
    params?: readonly SqlValue[],
    rowsAtOnce?: number,
  ): AsyncIterable<R[]>;

  /** TypeORM on the same connection: comfortable, and three to seven times slower. */
  abstract readonly em: EntityManager;
}

/**
 * Writing, inside one unit of work; of no use after the unit has ended.
 * A statement that fails spoils its unit: PostgreSQL would not carry on either.
 */
export abstract class Db extends ReadDb {
  /** How many rows an INSERT, UPDATE or DELETE changed. */
  abstract execute(sql: string, params?: readonly SqlValue[]): Promise<number>;

  /** Adds a row (column name -> value) and gives its id. Names are ours, never user input. */
  abstract insert(table: string, row: Readonly<Record<string, SqlValue>>): Promise<number>;

  /**
   * Called once the unit is on disk and before `run` resolves, in the order of the commits.
   * Must not throw: what is committed cannot be refused any more.
   */
  abstract afterCommit(callback: () => void): void;
}
