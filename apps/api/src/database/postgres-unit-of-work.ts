import { AppError } from '@fabomatic/kernel';
import type { ClientBase } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { databaseErrors } from './database-errors';
import type { Db } from './db';
import { PostgresDb } from './postgres-db';
import { UnitOfWork } from './unit-of-work';

/** Each unit is a transaction on a connection of the pool; the server lets them commit together. */
export class PostgresUnitOfWork extends UnitOfWork {
  /** Transactions committed so far. */
  commits = 0;
  private readonly atWork = new Set<Promise<unknown>>();
  private isClosing = false;

  constructor(
    private readonly dataSource: DataSource,
    /** Told of an error in an `afterCommit` callback: a defect, for the log. */
    private readonly reportDefect: (error: unknown) => void,
  ) {
    super();
  }

  run<T>(unit: (db: Db) => Promise<T>): Promise<T> {
    if (this.isClosing) return Promise.reject(new AppError(databaseErrors.closing));
    const result = this.inTransaction(unit);
    this.atWork.add(result);
    const done = () => this.atWork.delete(result);
    result.then(done, done);
    return result;
  }

  async close(): Promise<void> {
    this.isClosing = true;
    await Promise.allSettled(this.atWork);
  }

  private async inTransaction<T>(unit: (db: Db) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client: ClientBase = await runner.connect();
      await runner.startTransaction();
      const db = new PostgresDb(client, runner.manager);
      const result = await this.attempt(runner, client, db, unit);
      this.commits += 1;
      for (const callback of db.callbacks) this.call(callback);
      return result;
    } finally {
      await runner.release();
    }
  }

  private async attempt<T>(
    runner: QueryRunner,
    client: ClientBase,
    db: PostgresDb,
    unit: (db: Db) => Promise<T>,
  ): Promise<T> {
    try {
      const result = await unit(db);
      // COMMIT of a transaction in which a statement failed rolls back without an error.
      if (client.getTransactionStatus() === 'E') {
        throw new Error('a statement failed in the unit of work, which caught the error');
      }
      await runner.commitTransaction();
      return result;
    } catch (error) {
      await rollBack(runner);
      throw error;
    } finally {
      db.end();
    }
  }

  private call(callback: () => void): void {
    try {
      callback();
    } catch (error) {
      // A defect in a callback: the unit is on disk and is answered as such.
      this.reportDefect(error);
    }
  }
}

async function rollBack(runner: QueryRunner): Promise<void> {
  try {
    await runner.rollbackTransaction();
  } catch {
    // The connection is gone, and the transaction with it; the caller gets the first error.
  }
}
