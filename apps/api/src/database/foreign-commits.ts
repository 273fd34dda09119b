import type { Database, Statement } from 'better-sqlite3';

/**
 * Tells that somebody else wrote to the database (an import, a tool of the administrator), so that
 * what is kept in memory must be read again. For one asker: an answer of `true` is given once.
 */
export abstract class ForeignCommits {
  abstract changed(): boolean;
}

/** `PRAGMA data_version` of the writer's connection changes only when another one committed. */
export class SqliteForeignCommits extends ForeignCommits {
  private readonly statement: Statement<[], number>;
  private known: number | undefined;

  constructor(connection: Database) {
    super();
    this.statement = connection.prepare<[], number>('PRAGMA data_version').pluck();
    this.known = this.statement.get();
  }

  changed(): boolean {
    const now = this.statement.get();
    if (now === this.known) return false;
    this.known = now;
    return true;
  }
}
