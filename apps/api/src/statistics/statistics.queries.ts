import { SECONDS_PER_DAY } from '@fabomatic/kernel';
import type { StatisticsQuery, UseInterval, UseTally } from '@fabomatic/uses';
import type { ReadDb } from '../database/db';
import { Conditions } from '../database/list-sql';

/** A use that began earlier than this before the range does not reach into it. */
const LOOK_BACK_S = 7 * SECONDS_PER_DAY;

/** Narrow rows out of one index: a millisecond or two for so many. */
const ROWS_AT_ONCE = 2000;

interface TalliedRow {
  machine_id: number;
  member_id: number | null;
  started_at: number;
  duration_s: number;
}

/** Adds up the ended uses that lie within the range: one pass over `ix_uses_started`. */
export async function tallyUses(
  db: ReadDb,
  query: StatisticsQuery,
  tally: UseTally,
): Promise<void> {
  const { range } = tally;
  const { sql, params } = conditions(query, range);
  const rows = db.chunks<TalliedRow>(
    `SELECT u.machine_id, u.member_id, u.started_at, u.duration_s FROM uses u ${sql}`,
    params,
    ROWS_AT_ONCE,
  );
  for await (const chunk of rows) {
    for (const { machine_id, member_id, started_at, duration_s } of chunk) {
      const endedAtS = started_at + duration_s;
      tally.add(
        { startedAtS: started_at, endedAtS, machineId: machine_id, memberId: member_id },
        range,
      );
    }
  }
}

/** Of a range before which the lab had no uses yet, so much may lie without them. */
const EMPTY_SHARE = 0.1;

/** Seconds of use within a range; null when the lab's records begin later, so that they tell nothing. */
export async function secondsOfUse(
  db: ReadDb,
  query: StatisticsQuery,
  range: UseInterval,
): Promise<number | null> {
  const { sql, params } = conditions(query, range);
  const { startedAtS, endedAtS } = range;
  const [row] = await db.query<{ seconds: number | null; first: number | null }>(
    `SELECT SUM(
       CASE WHEN u.started_at + u.duration_s > ? THEN ? ELSE u.started_at + u.duration_s END
       - CASE WHEN u.started_at < ? THEN ? ELSE u.started_at END) AS seconds,
       (SELECT MIN(started_at) FROM uses) AS first
     FROM uses u ${sql} AND u.started_at + u.duration_s > ?`,
    [endedAtS, endedAtS, startedAtS, startedAtS, ...params, startedAtS],
  );
  const first = row?.first ?? null;
  const latestS = startedAtS + EMPTY_SHARE * (endedAtS - startedAtS);
  if (first === null || first > latestS) return null;
  return Math.max(0, row?.seconds ?? 0);
}

function conditions(query: StatisticsQuery, { startedAtS, endedAtS }: UseInterval): Conditions {
  return new Conditions()
    .add('u.started_at >= ?', startedAtS - LOOK_BACK_S)
    .add('u.started_at < ?', endedAtS)
    .add('u.duration_s IS NOT NULL')
    .filter('u.machine_id = ?', query.machineId)
    .filter('u.member_id = ?', query.memberId)
    .filter('u.machine_id IN (SELECT id FROM machines WHERE type_id = ?)', query.typeId);
}

/** Id -> name of these members, deleted ones too. */
export async function memberNames(
  db: ReadDb,
  ids: readonly number[],
): Promise<Map<number, string>> {
  const marks = ids.length === 0 ? 'NULL' : ids.map(() => '?').join(', ');
  const rows = await db.query<{ id: number; first_name: string; last_name: string }>(
    `SELECT id, first_name, last_name FROM members WHERE id IN (${marks})`,
    ids,
  );
  return new Map(rows.map((row) => [row.id, `${row.first_name} ${row.last_name}`.trim()]));
}
