import { type Page, toIso } from '@fabomatic/kernel';
import type { UnrecognizedCardListQuery, UnrecognizedCardView } from '@fabomatic/members';
import type { ReadDb } from '../database/db';
import { Conditions, orderBy, pageOfRows } from '../database/list-sql';

interface CardRow {
  uid: string;
  first_seen_at: number;
  last_seen_at: number;
  times: number;
}

interface TapRow {
  uid: string;
  machine_id: number;
  machine_name: string;
  last_seen_at: number;
  times: number;
}

type MachineOfCard = UnrecognizedCardView['machines'][number];

const SORT_COLUMNS = { lastSeenAt: 'last_seen_at', firstSeenAt: 'first_seen_at', times: 'times' };

/** One page of cards that nobody has, each once, with its machines. Three queries. */
export async function listUnrecognisedCards(
  db: ReadDb,
  query: UnrecognizedCardListQuery,
): Promise<Page<UnrecognizedCardView>> {
  const conditions = new Conditions().search(query.q, 'c.uid');
  if (query.machineId !== undefined) {
    conditions.add(
      'c.uid IN (SELECT uid FROM unrecognised_cards WHERE machine_id = ?)',
      query.machineId,
    );
  }
  const statement = {
    select: 'c.uid, c.first_seen_at, c.last_seen_at, c.times',
    from: `(SELECT uid, MIN(first_seen_at) AS first_seen_at, MAX(last_seen_at) AS last_seen_at,
      SUM(times) AS times FROM unrecognised_cards GROUP BY uid) c`,
    conditions,
    orderBy: orderBy(query.sort, SORT_COLUMNS, 'c.uid'),
  };
  const page = await pageOfRows<CardRow>(db, statement, query);
  const machines = await machinesOf(
    db,
    page.items.map(({ uid }) => uid),
  );
  return { ...page, items: page.items.map((row) => view(row, machines.get(row.uid) ?? [])) };
}

/** Card -> where it was tapped, the latest machine first. */
async function machinesOf(
  db: ReadDb,
  uids: readonly string[],
): Promise<Map<string, MachineOfCard[]>> {
  const machines = new Map<string, MachineOfCard[]>();
  if (uids.length === 0) return machines;
  const rows = await db.query<TapRow>(
    `SELECT c.uid, c.machine_id, m.name AS machine_name, c.last_seen_at, c.times
     FROM unrecognised_cards c JOIN machines m ON m.id = c.machine_id
     WHERE c.uid IN (${uids.map(() => '?').join(', ')}) ORDER BY c.last_seen_at DESC, c.id DESC`,
    uids,
  );
  for (const row of rows) {
    const list = machines.get(row.uid) ?? [];
    list.push({
      id: row.machine_id,
      name: row.machine_name,
      lastSeenAt: toIso(row.last_seen_at),
      times: row.times,
    });
    machines.set(row.uid, list);
  }
  return machines;
}

function view(row: CardRow, machines: MachineOfCard[]): UnrecognizedCardView {
  return {
    uid: row.uid,
    firstSeenAt: toIso(row.first_seen_at),
    lastSeenAt: toIso(row.last_seen_at),
    times: row.times,
    machines,
  };
}
