import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '@fabomatic/kernel';
import { Client } from 'pg';
import { systemErrorCode } from '../start-error';

const run = promisify(execFile);
const PRIVATE_FILE_MODE = 0o600;
/** The listing of a dump, and what pg_dump says when it fails. */
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

/** Writes the whole database into one compressed archive. */
export async function dump(url: string, file: string): Promise<void> {
  const options = ['--format=custom', '--no-owner', '--no-privileges', `--file=${file}`];
  await withConnection(url, (connection) =>
    tool('pg_dump', [...options, `--dbname=${connection}`]),
  );
}

/** Tables of an archive, and the migrations that made its schema. */
export async function listDump(file: string): Promise<{ tables: string[]; migrations: string[] }> {
  const list = await tool('pg_restore', ['--list', file]);
  const tables = [...list.matchAll(/ TABLE public (\S+) /g)].map(([, name]) => name ?? '');
  if (!tables.includes('migrations')) return { tables, migrations: [] };
  // As text: `COPY public.migrations (id, "timestamp", name) FROM stdin;` and a line for each.
  const text = await tool('pg_restore', ['--data-only', '--table=migrations', '--file=-', file]);
  const copied = /^COPY public\.migrations [^\n]*\n([\s\S]*?)^\\\.$/m.exec(text)?.[1] ?? '';
  const migrations = copied.split('\n').flatMap((line) => line.split('\t')[2] ?? []);
  return { tables, migrations };
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

async function tool(name: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run(name, [...args], { maxBuffer: MAX_OUTPUT_BYTES });
    return stdout;
  } catch (error) {
    // Not installed, or it ended with a code and said why.
    throw new AppError('backup.failed', { reason: reasonOf(name, error) });
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
