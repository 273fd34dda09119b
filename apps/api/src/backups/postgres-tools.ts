import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '@fabomatic/kernel';
import { Client } from 'pg';
import { systemErrorCode } from '../start-error';
import { CopyCounter } from './copy-counter';

const run = promisify(execFile);
const PRIVATE_FILE_MODE = 0o600;
/** The listing of a dump, and what pg_dump says when it fails. */
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;
/** Characters of what pg_restore complains of. */
const MAX_REASON = 2000;

/** Writes the whole database into one compressed archive. */
export async function dump(url: string, file: string): Promise<void> {
  const options = ['--format=custom', '--no-owner', '--no-privileges', `--file=${file}`];
  await withConnection(url, (connection) =>
    tool('pg_dump', [...options, `--dbname=${connection}`]),
  );
}

/** Reads every row of the database, as a backup does, and keeps nothing. */
export async function readWholeDatabase(url: string): Promise<void> {
  const options = ['--format=plain', `--file=${devNull}`];
  await withConnection(url, (connection) =>
    tool('pg_dump', [...options, `--dbname=${connection}`]),
  );
}

/** The main version of pg_dump, 15; an AppError that says how to install it when there is none. */
export async function pgDumpVersion(): Promise<number> {
  const text = await tool('pg_dump', ['--version']);
  return Number(/\) (\d+)/.exec(text)?.[1] ?? 0);
}

/** What is in an archive. */
export interface DumpContent {
  readonly tables: readonly string[];
  /** Names of the migrations that made its schema; empty in an archive of another program. */
  readonly migrations: readonly string[];
  /** table -> number of rows */
  readonly rows: Readonly<Record<string, number>>;
}

/**
 * Reads all of an archive, as a restore would: the list of what is in it stands at its beginning, and
 * says nothing of what is missing at its end. Damage is `backup.damaged`.
 */
export async function readDump(file: string): Promise<DumpContent> {
  const list = await tool('pg_restore', ['--list', file], 'backup.damaged');
  const tables = [...list.matchAll(/ TABLE public (\S+) /g)].map(([, name]) => name ?? '');
  if (!tables.includes('migrations')) return { tables, migrations: [], rows: {} };
  const counter = new CopyCounter();
  await readData(file, counter);
  if (!counter.isWhole) throw new AppError('backup.damaged', { reason: 'a table has no end' });
  return { tables, migrations: counter.migrations, rows: counter.rows };
}

/** The data as text, piece by piece: a large lab has gigabytes of it. */
async function readData(file: string, counter: CopyCounter): Promise<void> {
  const child = spawn('pg_restore', ['--data-only', '--file=-', file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stdout.on('data', (piece: Buffer) => counter.add(piece));
  child.stderr.on('data', (piece: Buffer) => {
    if (stderr.length < MAX_REASON) stderr += piece.toString('utf8');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return;
  const said = { stderr: stderr || `pg_restore ended with ${code}` };
  throw new AppError('backup.damaged', { reason: reasonOf('pg_restore', said) });
}

/** Empties the database and fills it from an archive. */
export async function restoreDump(url: string, file: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    // What a newer schema has added would otherwise stay, and the next migration would stumble on it.
    await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  } finally {
    await client.end();
  }
  const options = ['--no-owner', '--no-privileges', '--single-transaction', '--exit-on-error'];
  await withConnection(url, (connection) =>
    tool('pg_restore', [...options, `--dbname=${connection}`, file]),
  );
}

async function withConnection(
  url: string,
  work: (connection: string) => Promise<unknown>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fabomatic-pg-'));
  try {
    await work(withoutPassword(url, join(folder, 'pgpass')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Everybody may read the arguments of a process: the password goes into a file of ours. */
function withoutPassword(url: string, passwordFile: string): string {
  const connection = new URL(url);
  if (connection.password === '') return url;
  const password = decodeURIComponent(connection.password).replaceAll(/[\\:]/g, '\\$&');
  writeFileSync(passwordFile, `*:*:*:*:${password}\n`, { mode: PRIVATE_FILE_MODE });
  connection.password = '';
  connection.searchParams.set('passfile', passwordFile);
  return connection.toString();
}

/** `refusal`: what it is when the tool ends with a code, and says why. */
async function tool(
  name: string,
  args: readonly string[],
  refusal: 'backup.failed' | 'backup.damaged' = 'backup.failed',
): Promise<string> {
  try {
    const { stdout } = await run(name, [...args], { maxBuffer: MAX_OUTPUT_BYTES });
    return stdout;
  } catch (error) {
    // A tool that is not installed says nothing of the file.
    const code = systemErrorCode(error) === undefined ? refusal : 'backup.failed';
    throw new AppError(code, { reason: reasonOf(name, error) });
  }
}

function reasonOf(name: string, error: unknown): string {
  if (systemErrorCode(error) === 'ENOENT') {
    return `${name} is not installed on this computer (Debian: apt install postgresql-client)`;
  }
  const said = typeof error === 'object' && error !== null && 'stderr' in error ? error.stderr : '';
  const lines = String(said).trim().split('\n');
  return lines[0] === '' ? String(error) : `${lines.slice(0, 2).join(' ')}`;
}
