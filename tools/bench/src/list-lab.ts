import { createHash, randomBytes } from 'node:crypto';
import { MACHINES, Sqlite } from './bench-lab';

const YEAR_S = 365 * 86_400;
const DAY_S = 86_400;

/**
 * Adds `count` closed uses within three years, spread over all machines and members, of one minute to
 * four hours; some without a member, by hand, replayed, estimated or not authorised. The same at each run.
 */
export function writeSpreadUses(file: string, count: number, nowS: number): void {
  const db = new Sqlite(file);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -200000');
  // 2 654 435 761 is prime: every use has another length and member than its neighbours.
  db.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < @count),
       spread(i, of) AS (SELECT i, (i * 2654435761) % 1000003 FROM n)
     INSERT INTO uses (machine_id, member_id, card_uid, started_at, last_seen_at, ended_at,
       duration_s, replayed, estimated, authorized, source, closed_by, version)
     SELECT 1 + i % ${MACHINES},
       CASE WHEN i % 50 = 7 THEN NULL
         ELSE (SELECT MIN(id) FROM members) + of % (SELECT COUNT(*) FROM members) END,
       'be000001', @from + i * @step, @from + i * @step + 60 + of % 14340,
       @from + i * @step + 60 + of % 14340, 60 + of % 14340, of % 500 = 1, of % 1000 = 2,
       of % 2000 <> 3, CASE WHEN of % 2500 = 4 THEN 'manual' ELSE 'board' END, 'stop', 1
     FROM spread`,
  ).run({ count, from: nowS - 3 * YEAR_S, step: (3 * YEAR_S - DAY_S) / count });
  db.pragma('journal_mode = WAL');
  db.close();
}

/** A key that may read everything, as the portal would make it: its hash is in the database. */
export function writeKey(file: string, nowS: number): string {
  const key = `fab_${randomBytes(32).toString('base64url')}`;
  const db = new Sqlite(file);
  db.prepare(
    `INSERT INTO api_keys (name, token_hash, permissions, created_by, created_at, expires_at)
     SELECT 'bench', ?, 'read members machines admin', MIN(id), ?, ? FROM members`,
  ).run(createHash('sha256').update(key).digest('hex'), nowS, nowS + DAY_S);
  db.close();
  return key;
}
