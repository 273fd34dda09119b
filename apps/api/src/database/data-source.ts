import { dirname } from 'node:path';
import { mkdirSync } from 'node:fs';
import { migrations } from '@fabomatic/migrations';
import type { Database } from 'better-sqlite3';
import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { DatabaseTarget } from './database-config';
import { entities } from './entities';
import { Sqlite } from '../sqlite-driver';

/** What a connection is for: `write` belongs to the unit of work alone. */
export type ConnectionPurpose = 'write' | 'read';

/** How long SQLite waits for another process that writes (a backup tool, an import). */
const BUSY_TIMEOUT_MS = 5000;
/** Connections for each purpose; a unit holds one for a few milliseconds. */
const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 10_000;
/** PostgreSQL's type of count(*), which its driver would give as text. */
const INT8 = 20;

/** TypeORM's data source for one purpose; still to be initialised. */
export function createDataSource(target: DatabaseTarget, purpose: ConnectionPurpose): DataSource {
  return new DataSource(dataSourceOptions(target, purpose));
}

function dataSourceOptions(target: DatabaseTarget, purpose: ConnectionPurpose): DataSourceOptions {
  const common = {
    entities,
    migrations: [...migrations],
    migrationsTableName: 'migrations',
    synchronize: false,
  };
  if (target.kind === 'postgres') {
    return {
      ...common,
      type: 'postgres',
      url: ownUrl(target.url, purpose),
      ssl: target.ssl,
      installExtensions: false,
      connectTimeoutMS: CONNECT_TIMEOUT_MS,
      poolSize: POOL_SIZE,
      extra: { types: { getTypeParser } },
    };
  }
  mkdirSync(dirname(target.file), { recursive: true });
  return {
    ...common,
    type: 'better-sqlite3',
    driver: Sqlite,
    database: target.file,
    readonly: purpose === 'read',
    timeout: BUSY_TIMEOUT_MS,
    prepareDatabase: (connection: Database) => {
      knowAllLetters(connection);
      if (purpose === 'write') prepareWriter(connection);
    },
  };
}

/** SQLite's own LOWER knows A to Z only; PostgreSQL's knows all letters. */
function knowAllLetters(connection: Database): void {
  connection.function('lower', { deterministic: true }, (text: unknown) =>
    typeof text === 'string' ? text.toLowerCase() : text,
  );
}

/** WAL lets reads go on beside the writer; FULL puts each commit on disk before it is answered. */
function prepareWriter(connection: Database): void {
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
}

/**
 * Marks the connection as the API's, so that the triggers of the watched tables do not notify it of
 * its own changes; connections for reading refuse to write, as SQLite's do.
 */
export function ownUrl(url: string, purpose: ConnectionPurpose): string {
  const own = new URL(url);
  const options = [
    own.searchParams.get('options'),
    '-c fabomatic.api=on',
    purpose === 'read' ? '-c default_transaction_read_only=on' : null,
  ];
  own.searchParams.set('options', options.filter((option) => option !== null).join(' '));
  return own.toString();
}

/** Counts as numbers: 2^53 uses are out of reach. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  return oid === INT8 ? Number : pg.types.getTypeParser(oid, format);
}
