import type { Db } from './db';

/**
 * The one door for writing: everything that changes the database goes through `run`.
 * What a unit writes is on disk when `run` resolves, or nowhere when it rejects.
 *
 * A unit awaits nothing but its `db` (on SQLite it would hold up all others), and does not call
 * `run` itself (it would wait for its own end).
 */
export abstract class UnitOfWork {
  abstract run<T>(unit: (db: Db) => Promise<T>): Promise<T>;

  /** Takes no more units and resolves when those at work have ended. */
  abstract close(): Promise<void>;
}
