import { AppError } from '@fabomatic/kernel';
import type { Database, Statement } from 'better-sqlite3';
import type { QueryRunner } from 'typeorm';
import { databaseErrors } from './database-errors';
import type { Db } from './db';
import { SqliteDb } from './sqlite-db';
import { SqliteStatements } from './sqlite-statements';
import { UnitOfWork } from './unit-of-work';

/** Keeps a burst from holding the event loop for longer than some milliseconds. */
const MAX_BATCH = 256;

interface Waiting {
  /** Runs the unit; gives the function that answers its caller. */
  readonly attempt: (db: Db) => Promise<() => void>;
  readonly reject: (error: unknown) => void;
}

/**
 * The single writer of a SQLite file, with group commit: all units that wait when the event loop
 * comes round share one transaction, each in a savepoint of its own, and one sync of the disk.
 * There is no waiting window: it was measured, and only made everybody slower. Two turns of the loop
 * are none: what boards sent at the same moment is then out of the embedded broker and shares the
 * sync (11 units a commit become 18 with fifty boards), and a unit that is alone waits for nothing.
 *
 * The transaction is opened through TypeORM, so that an EntityManager inside a unit knows of it and
 * nests; the savepoints are prepared statements, being on the path of every swipe.
 */
export class SqliteUnitOfWork extends UnitOfWork {
  /** Transactions committed so far: one for a whole batch. */
  commits = 0;
  private waiting: Waiting[] = [];
  private isAtWork = false;
  private isClosing = false;
  private readonly onIdle: (() => void)[] = [];
  private readonly statements: SqliteStatements;
  private readonly lock: Statement;
  private readonly savepoint: Statement;
  private readonly release: Statement;
  private readonly rollbackTo: Statement;

  constructor(
    private readonly runner: QueryRunner,
    private readonly connection: Database,
    /** Told of an error in an `afterCommit` callback: a defect, for the log. */
    private readonly reportDefect: (error: unknown) => void,
  ) {
    super();
    this.statements = new SqliteStatements(connection);
    // TypeORM begins deferred; a write that changes nothing takes the lock (and waits for it) now,
    // instead of failing half way through because another process wrote since the first read.
    this.lock = connection.prepare('DELETE FROM migrations WHERE 0');
    this.savepoint = connection.prepare('SAVEPOINT unit_of_work');
    this.release = connection.prepare('RELEASE unit_of_work');
    this.rollbackTo = connection.prepare('ROLLBACK TO unit_of_work');
  }

  run<T>(unit: (db: Db) => Promise<T>): Promise<T> {
    if (this.isClosing) return Promise.reject(new AppError(databaseErrors.closing));
    return new Promise<T>((resolve, reject) => {
      const attempt = async (db: Db) => {
        const result = await unit(db);
        return () => resolve(result);
      };
      this.waiting.push({ attempt, reject });
      this.schedule();
    });
  }

  close(): Promise<void> {
    this.isClosing = true;
    if (!this.isAtWork) return Promise.resolve();
    return new Promise((resolve) => this.onIdle.push(resolve));
  }

  private schedule(): void {
    if (this.isAtWork) return;
    this.isAtWork = true;
    setImmediate(() => setImmediate(() => void this.takeWaiting()));
  }

  private async takeWaiting(): Promise<void> {
    const batch = this.waiting.splice(0, MAX_BATCH);
    try {
      const answers = await this.commitTogether(batch);
      for (const answer of answers) answer();
    } catch (error) {
      // The commit failed (disk full, a deferred constraint) or the file stayed locked: nothing of
      // the batch is on disk, and each caller is told so.
      for (const { reject } of batch) reject(error);
    }
    this.isAtWork = false;
    if (this.waiting.length > 0) this.schedule();
    else for (const idle of this.onIdle.splice(0)) idle();
  }

  /** Runs and commits the units; gives one answer for each, to be called in this order. */
  private async commitTogether(batch: readonly Waiting[]): Promise<(() => void)[]> {
    const answers: (() => void)[] = [];
    const callbacks: (() => void)[] = [];
    await this.runner.startTransaction();
    try {
      this.lock.run();
      for (const item of batch) {
        const db = new SqliteDb(this.statements, this.runner.manager);
        answers.push(await this.inSavepoint(item, db));
        if (db.callbacks !== undefined) callbacks.push(...db.callbacks);
      }
      await this.runner.commitTransaction();
    } catch (error) {
      await this.rollBackAll();
      throw error;
    }
    this.commits += 1;
    for (const callback of callbacks) this.call(callback);
    return answers;
  }

  private async inSavepoint(item: Waiting, db: SqliteDb): Promise<() => void> {
    this.savepoint.run();
    try {
      const answer = await item.attempt(db);
      if (db.failure !== undefined) throw db.failure;
      this.release.run();
      return answer;
    } catch (error) {
      // A refusal of the unit's own or of a constraint concerns it alone. When SQLite has ended the
      // whole transaction (disk full, I/O error), it concerns the batch.
      if (!this.connection.inTransaction) throw error;
      this.rollbackTo.run();
      this.release.run();
      db.callbacks = undefined;
      return () => item.reject(error);
    } finally {
      db.end();
    }
  }

  private async rollBackAll(): Promise<void> {
    // When SQLite has rolled back by itself TypeORM still counts a transaction as open. It must be
    // ended through TypeORM, which needs one to end.
    if (!this.connection.inTransaction) this.connection.exec('BEGIN');
    await this.runner.rollbackTransaction();
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
