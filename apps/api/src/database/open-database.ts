import type { Database } from 'better-sqlite3';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from './data-source';
import type { DatabaseConfig, DatabaseTarget } from './database-config';
import type { ReadDb } from './db';
import { ForeignCommits, SqliteForeignCommits } from './foreign-commits';
import { isExistingFile, migrate } from './migrate';
import { PostgresReadDb } from './postgres-db';
import { PostgresUnitOfWork } from './postgres-unit-of-work';
import { PostgresWatch } from './postgres-watch';
import { seed } from './seed';
import { SqliteReadDb } from './sqlite-db';
import { SqliteStatements } from './sqlite-statements';
import { SqliteUnitOfWork } from './sqlite-unit-of-work';
import type { UnitOfWork } from './unit-of-work';

/** What is written to the log. */
export interface DatabaseLog {
  log(message: string): void;
  warn(message: string): void;
  error(message: unknown): void;
}

/** An open database at the newest schema, with at least the first administrator in it. */
export interface OpenDatabase {
  readonly units: UnitOfWork;
  readonly reader: ReadDb;
  readonly foreignCommits: ForeignCommits;
  /** Waits for the units at work and leaves a file without a write-ahead log. */
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly log: DatabaseLog;
  /** Called when another process has taken the database over: this one must end. */
  readonly onTakenOver: () => void;
}

/** Opens, backs up, migrates and seeds. Errors: see `database-errors.ts`. */
export async function openDatabase(
  config: DatabaseConfig,
  options: OpenOptions,
): Promise<OpenDatabase> {
  const holdsData = isExistingFile(config);
  // The lock comes first: two processes must not migrate at once either.
  const watch = await openWatch(config.target, options);
  const opened: (() => Promise<unknown>)[] = watch === null ? [] : [() => watch.close()];
  try {
    const writer = await createDataSource(config.target, 'write').initialize();
    opened.push(() => writer.destroy());
    const copy = await migrate(writer, config, holdsData);
    if (copy !== null) options.log.log(`database copied to ${copy} before it was migrated`);
    const reader = await createDataSource(config.target, 'read').initialize();
    opened.push(() => reader.destroy());
    const database =
      watch === null
        ? await sqliteDatabase(writer, reader, options.log)
        : postgresDatabase(writer, reader, watch, options.log);
    if (await seed(database, config.adminEmail)) {
      options.log.log('empty database: the first administrator was added');
    }
    return database;
  } catch (error) {
    // Refused or broken on the way: leave neither a lock nor a connection behind.
    for (const close of opened.reverse()) await close();
    throw error;
  }
}

function openWatch(target: DatabaseTarget, options: OpenOptions): Promise<PostgresWatch | null> {
  if (target.kind === 'sqlite') return Promise.resolve(null);
  const { log, onTakenOver } = options;
  return PostgresWatch.open(target, {
    onLost: (error) => log.warn(`connection to the database lost: ${error.message}`),
    onTakenOver,
  });
}

async function sqliteDatabase(
  writer: DataSource,
  reader: DataSource,
  log: DatabaseLog,
): Promise<OpenDatabase> {
  const runner = writer.createQueryRunner();
  const connection: Database = await runner.connect();
  const readConnection: Database = await reader.createQueryRunner().connect();
  const units = new SqliteUnitOfWork(runner, connection, (error) => log.error(error));
  return {
    units,
    reader: new SqliteReadDb(new SqliteStatements(readConnection), reader.manager),
    foreignCommits: new SqliteForeignCommits(connection),
    close: once(async () => {
      await units.close();
      await reader.destroy();
      connection.pragma('wal_checkpoint(TRUNCATE)');
      await writer.destroy();
    }),
  };
}

function postgresDatabase(
  writer: DataSource,
  reader: DataSource,
  watch: PostgresWatch,
  log: DatabaseLog,
): OpenDatabase {
  const units = new PostgresUnitOfWork(writer, (error) => log.error(error));
  return {
    units,
    reader: new PostgresReadDb(poolOf(reader), reader.manager),
    foreignCommits: watch,
    close: once(async () => {
      await units.close();
      await reader.destroy();
      await writer.destroy();
      await watch.close();
    }),
  };
}

/** Several may ask for the end: a signal, the framework, a failed start. */
function once(close: () => Promise<void>): () => Promise<void> {
  let closed: Promise<void> | undefined;
  return () => (closed ??= close());
}

/** TypeORM's driver keeps the pool under this name; its types do not say so. */
function poolOf(dataSource: DataSource): Pool {
  return (dataSource.driver as unknown as { master: Pool }).master;
}
