import type { Database } from 'better-sqlite3';
import type { Pool } from 'pg';
import { createDataSource } from './data-source';
import type { DatabaseTarget } from './database-config';
import type { ReadDb } from './db';
import { PostgresReadDb } from './postgres-db';
import { SqliteReadDb } from './sqlite-db';
import { SqliteStatements } from './sqlite-statements';

/** A database that is only looked at: nothing is migrated, locked or written. */
export interface OpenReader {
  readonly reader: ReadDb;
  close(): Promise<void>;
}

/** Opens for reading, also while the product works on the same database. The file must exist. */
export async function openReader(target: DatabaseTarget): Promise<OpenReader> {
  const source = await createDataSource(target, 'read').initialize();
  const close = () => source.destroy();
  if (target.kind === 'postgres') {
    // TypeORM's driver keeps the pool under this name; its types do not say so.
    const { master } = source.driver as unknown as { master: Pool };
    return { reader: new PostgresReadDb(master, source.manager), close };
  }
  const connection: Database = await source.createQueryRunner().connect();
  return { reader: new SqliteReadDb(new SqliteStatements(connection), source.manager), close };
}
