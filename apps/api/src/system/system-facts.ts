import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { fromIso, monotonicMs, SECONDS_PER_DAY, toIso, toIsoOrNull } from '@fabomatic/kernel';
import type { SystemBoardView, SystemView } from '@fabomatic/system';
import type { ReadDb } from '../database/db';
import type { DatabaseLocation, Settings } from '../settings/settings.module';
import { systemErrorCode } from '../start-error';

export function diskFacts(folder: string): SystemView['disk'] {
  const { bavail, blocks, bsize } = statfsSync(folder);
  return { totalBytes: blocks * bsize, freeBytes: bavail * bsize };
}

export function memoryFacts(): SystemView['memory'] {
  return { totalBytes: totalmem(), freeBytes: freemem(), ownBytes: process.memoryUsage.rss() };
}

/** How large the database is, and how long it takes to answer. */
export async function databaseFacts(
  db: ReadDb,
  { name, location }: Settings['database'],
): Promise<SystemView['database']> {
  const startMs = monotonicMs();
  const sizeBytes = await databaseSize(db, location);
  const answersInMs = Math.round((monotonicMs() - startMs) * 10) / 10;
  const place = location.kind === 'sqlite' ? location.file : withoutPassword(location.url);
  return { kind: location.kind, name, place, sizeBytes, answersInMs };
}

async function databaseSize(db: ReadDb, location: DatabaseLocation): Promise<number> {
  if (location.kind === 'postgres') {
    const [row] = await db.query<{ size: number }>(
      'SELECT pg_database_size(current_database()) AS size',
    );
    return Number(row?.size ?? 0);
  }
  await db.query('SELECT COUNT(*) AS n FROM migrations');
  return [location.file, `${location.file}-wal`]
    .map((path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size, 0);
}

function withoutPassword(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

const WEEK_S = 7 * SECONDS_PER_DAY;

/** How the queue of mails stands. */
export async function mailFacts(
  db: ReadDb,
  { server, nowS }: { server: string | null; nowS: number },
): Promise<SystemView['mail']> {
  const [row] = await db.query<{ last: number | null; waiting: number; given_up: number }>(
    `SELECT MAX(sent_at) AS last, COUNT(next_try_at) AS waiting,
       COUNT(CASE WHEN sent_at IS NULL AND next_try_at IS NULL AND created_at > ? THEN 1 END)
         AS given_up
     FROM outgoing_mails`,
    [nowS - WEEK_S],
  );
  return {
    server,
    lastSentAt: toIsoOrNull(row?.last ?? null),
    waiting: Number(row?.waiting ?? 0),
    givenUp: Number(row?.given_up ?? 0),
  };
}

interface BoardRow {
  machine_id: number;
  machine_name: string;
  serial: string;
  ip: string;
  firmware: string;
  heap: number | null;
  last_seen_at: number;
}

/** All boards that were ever heard, in the order of their machines. `isOnline`: by machine id. */
export async function boardFacts(
  db: ReadDb,
  isOnline: (machineId: number) => boolean,
): Promise<SystemBoardView[]> {
  const rows = await db.query<BoardRow>(
    `SELECT b.machine_id, m.name AS machine_name, b.serial, b.ip, b.firmware, b.heap, b.last_seen_at
     FROM boards b JOIN machines m ON m.id = b.machine_id
     ORDER BY b.machine_id, b.last_seen_at DESC, b.id`,
  );
  const newest = new Set<number>();
  return rows.map((row) => {
    // Of several boards of one machine only the one heard last can be at work.
    const isNewest = !newest.has(row.machine_id);
    newest.add(row.machine_id);
    return {
      machineId: row.machine_id,
      machineName: row.machine_name,
      serial: row.serial,
      ip: row.ip,
      firmware: row.firmware,
      freeBytes: row.heap,
      lastSeenAt: toIso(row.last_seen_at),
      isOnline: isNewest && isOnline(row.machine_id),
    };
  });
}

/** When a certificate ends that a person must renew; null: nobody must, or it cannot be read. */
export function certificateExpiry({ web }: Settings): number | null {
  const file = web.tls === 'files' ? web.tlsCertFile : null;
  if (file === null || !existsSync(file)) return null;
  try {
    const { validTo } = new X509Certificate(readFileSync(file));
    return fromIso(new Date(validTo).toISOString());
  } catch (error) {
    // Replaced meanwhile by something else: the next start says so.
    if (systemErrorCode(error) === undefined) throw error;
    return null;
  }
}
