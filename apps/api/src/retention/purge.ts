import { SECONDS_PER_DAY } from '@fabomatic/kernel';
import type { ReadDb } from '../database/db';
import type { UnitOfWork } from '../database/unit-of-work';

/** What the purge goes by. null: kept for ever. */
export interface RetentionRules {
  readonly usesDays: number | null;
  readonly unrecognisedCardsDays: number | null;
  readonly mailsDays: number | null;
}

/** How many records lost their member, and how many cards and mails were forgotten. */
export interface PurgeCounts {
  uses: number;
  interventions: number;
  unrecognisedCards: number;
  mails: number;
}

/** Rows that one step looks at: a board must not wait longer than for some milliseconds. */
const ROWS_IN_A_STEP = 5000;

/** Rows of one table that are to be changed; the conditions take one parameter, the cut-off. */
interface PurgedTable {
  readonly table: string;
  readonly change: string;
  readonly conditions: string;
}

/** Closed uses only; what counts is when the use ended. */
const USES: PurgedTable = {
  table: 'uses',
  change: 'UPDATE uses SET member_id = NULL, card_uid = NULL, version = version + 1',
  conditions: 'ended_at < ? AND (member_id IS NOT NULL OR card_uid IS NOT NULL)',
};
const INTERVENTIONS: PurgedTable = {
  table: 'interventions',
  change: 'UPDATE interventions SET member_id = NULL, version = version + 1',
  conditions: 'done_at < ? AND member_id IS NOT NULL',
};
const UNRECOGNISED: PurgedTable = {
  table: 'unrecognised_cards',
  change: 'DELETE FROM unrecognised_cards',
  conditions: 'last_seen_at < ?',
};
/** The log of deliveries; what still waits is sent or given up first. */
const MAILS: PurgedTable = {
  table: 'outgoing_mails',
  change: 'DELETE FROM outgoing_mails',
  conditions: 'created_at < ? AND next_try_at IS NULL',
};

export interface PurgeOptions {
  readonly rules: RetentionRules;
  readonly nowS: number;
  readonly isDryRun: boolean;
  /** Stops between two steps; what is done stays done. */
  readonly signal?: AbortSignal;
}

/**
 * Removes what says who it was from old records. The hours of machines, plans and statistics stay
 * as they are. In small steps, so that boards are answered in between.
 */
export async function purge(
  database: { readonly units: UnitOfWork; readonly reader: ReadDb },
  { rules, nowS, isDryRun, signal }: PurgeOptions,
): Promise<PurgeCounts> {
  const step = async (purged: PurgedTable, days: number | null): Promise<number> => {
    if (days === null) return 0;
    const olderThanS = nowS - days * SECONDS_PER_DAY;
    let count = 0;
    for (const [fromId, toId] of await ranges(database.reader, purged.table)) {
      if (signal?.aborted === true) break;
      const where = `WHERE id > ? AND id <= ? AND ${purged.conditions}`;
      const params = [fromId, toId, olderThanS];
      if (isDryRun) {
        const [row] = await database.reader.query<{ n: number }>(
          `SELECT COUNT(*) AS n FROM ${purged.table} ${where}`,
          params,
        );
        count += row?.n ?? 0;
      } else {
        count += await database.units.run((db) => db.execute(`${purged.change} ${where}`, params));
      }
    }
    return count;
  };
  return {
    uses: await step(USES, rules.usesDays),
    interventions: await step(INTERVENTIONS, rules.usesDays),
    unrecognisedCards: await step(UNRECOGNISED, rules.unrecognisedCardsDays),
    mails: await step(MAILS, rules.mailsDays),
  };
}

/** Ids in portions: [0, 5000], [5000, 10000]. */
async function ranges(db: ReadDb, table: string): Promise<[number, number][]> {
  const [row] = await db.query<{ first: number | null; last: number | null }>(
    `SELECT MIN(id) AS first, MAX(id) AS last FROM ${table}`,
  );
  const [first, last] = [row?.first ?? null, row?.last ?? null];
  const portions: [number, number][] = [];
  if (first === null || last === null) return portions;
  for (let from = first - 1; from < last; from += ROWS_IN_A_STEP) {
    portions.push([from, from + ROWS_IN_A_STEP]);
  }
  return portions;
}
