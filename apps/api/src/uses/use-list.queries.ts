import { type Page, sortOf, toIso, toIsoOrNull } from '@fabomatic/kernel';
import type { UseClosedBy, UseListQuery, UseSource, UseView } from '@fabomatic/uses';
import type { ReadDb } from '../database/db';
import { Conditions, mapPage, orderBy, pageOfRows, rowsOfIds } from '../database/list-sql';
import { countByOwner, type Owner, pageByOwner } from './use-owner.queries';

interface UseRow {
  id: number;
  machine_id: number;
  machine_name: string;
  member_id: number | null;
  first_name: string | null;
  last_name: string | null;
  member_deleted_at: number | null;
  started_at: number;
  last_seen_at: number;
  ended_at: number | null;
  duration_s: number | null;
  replayed: boolean;
  estimated: boolean;
  authorized: boolean;
  source: string;
  closed_by: string | null;
  version: number;
}

/** What only memory knows of the open use of a machine: when it and its board were last heard. */
export type LastHeard = (
  machineId: number,
  useId: number,
) => { lastSeenAtS: number; boardSeenAtS: number | null } | null;

const SELECT = `u.id, u.machine_id, m.name AS machine_name, u.member_id, p.first_name, p.last_name,
  p.deleted_at AS member_deleted_at, u.started_at, u.last_seen_at, u.ended_at, u.duration_s,
  u.replayed, u.estimated, u.authorized, u.source, u.closed_by, u.version`;
const NAMES = 'JOIN machines m ON m.id = u.machine_id LEFT JOIN members p ON p.id = u.member_id';
const SORT_COLUMNS = {
  startedAt: 'u.started_at',
  durationS: 'u.duration_s',
  machine: 'LOWER(m.name)',
  member: "LOWER(p.first_name || ' ' || p.last_name)",
};
/** Uses of machines or of members whose name contains a text: two `?`. */
const NAMED = `(u.machine_id IN (SELECT id FROM machines WHERE LOWER(name) LIKE ? ESCAPE '\\')
  OR u.member_id IN (SELECT id FROM members
    WHERE LOWER(first_name || ' ' || last_name) LIKE ? ESCAPE '\\'))`;

/** One page of uses. Three queries, whatever the page; names are looked up for its rows only. */
export async function listUses(
  db: ReadDb,
  query: UseListQuery,
  lastHeard: LastHeard,
): Promise<Page<UseView>> {
  const owner = ownerOf(query);
  const where = conditions(query);
  if (owner !== null && where.sql === '') {
    return mapPage(await pageOfAllBy(db, owner, query), (row) => useView(row, lastHeard));
  }
  const order = orderOf(query);
  const page = await pageOfRows<UseRow>(
    db,
    {
      select: SELECT,
      from: `uses u ${NAMES}`,
      conditions: where,
      orderBy: order,
      // Only the order by a name needs the names of all.
      ids: {
        id: 'u.id',
        count: 'uses u',
        from: owner === null ? 'uses u' : `uses u ${NAMES}`,
      },
    },
    query,
  );
  return mapPage(page, (row) => useView(row, lastHeard));
}

/** What the uses are sorted by the name of; null: by something of their own. */
function ownerOf({ sort }: UseListQuery): Owner | null {
  const { name } = sortOf(sort);
  return name === 'machine' || name === 'member' ? name : null;
}

/** Uses of one name stand together, those of a namesake after them, by their start. */
function orderOf(query: UseListQuery): string {
  const owner = ownerOf(query);
  if (owner === null) return orderBy(query.sort, SORT_COLUMNS, 'u.id');
  const way = sortOf(query.sort).isFalling ? 'DESC' : 'ASC';
  return `ORDER BY ${SORT_COLUMNS[owner]} ${way} NULLS LAST, u.${owner}_id ${way},
    u.started_at ${way}, u.id ${way}`;
}

/** The same order over all uses, without reading them: machines and members are few. */
async function pageOfAllBy(db: ReadDb, owner: Owner, query: UseListQuery): Promise<Page<UseRow>> {
  const { page, pageSize } = query;
  const { isFalling } = sortOf(query.sort);
  const owned = await countByOwner(db, owner, SORT_COLUMNS[owner], isFalling);
  const ids = await pageByOwner(db, { owner, owned, isFalling }, query);
  const items = await rowsOfIds<UseRow>(
    db,
    { select: SELECT, from: `uses u ${NAMES}`, id: 'u.id' },
    ids,
  );
  return { items, total: owned.reduce((sum, { uses }) => sum + uses, 0), page, pageSize };
}

/** All uses of the list in its order, a chunk at a time. */
export async function* useChunks(
  db: ReadDb,
  query: UseListQuery,
  lastHeard: LastHeard,
): AsyncGenerator<UseView[]> {
  const { sql, params } = conditions(query);
  const order = orderOf(query);
  const all = `SELECT ${SELECT} FROM uses u ${NAMES} ${sql} ${order}`;
  for await (const rows of db.chunks<UseRow>(all, params)) {
    yield rows.map((row) => useView(row, lastHeard));
  }
}

export async function findUse(
  db: ReadDb,
  id: number,
  lastHeard: LastHeard,
): Promise<UseView | null> {
  const [row] = await db.query<UseRow>(`SELECT ${SELECT} FROM uses u ${NAMES} WHERE u.id = ?`, [
    id,
  ]);
  return row === undefined ? null : useView(row, lastHeard);
}

function conditions(query: UseListQuery): Conditions {
  const found = new Conditions()
    .filter('u.machine_id = ?', query.machineId)
    .filter('u.member_id = ?', query.memberId)
    .filter('u.started_at >= ?', query.from)
    .filter('u.started_at < ?', query.to)
    .flag('u.replayed', query.replayed)
    .flag('u.estimated', query.estimated)
    .flag('NOT u.authorized', query.unauthorised);
  // The few open ones come out of an index of their own, whatever they are sorted by.
  if (query.open === true) found.add('u.id IN (SELECT id FROM uses WHERE ended_at IS NULL)');
  else found.flag('u.ended_at IS NULL', query.open);
  // Spelt out, so that the small index of these uses is found.
  if (query.source === 'manual') found.add("u.source = 'manual'");
  else found.filter('u.source = ?', query.source);
  return found.searchWith(query.q, NAMED);
}

function useView(row: UseRow, lastHeard: LastHeard): UseView {
  const heard = row.ended_at === null ? lastHeard(row.machine_id, row.id) : null;
  return {
    id: row.id,
    machineId: row.machine_id,
    machineName: row.machine_name,
    memberId: row.member_id,
    memberName: row.first_name === null ? null : `${row.first_name} ${row.last_name ?? ''}`.trim(),
    memberDeleted: row.member_deleted_at !== null,
    startedAt: toIso(row.started_at),
    lastSeenAt: toIso(Math.max(row.last_seen_at, heard?.lastSeenAtS ?? row.last_seen_at)),
    endedAt: toIsoOrNull(row.ended_at),
    durationS: row.duration_s,
    replayed: row.replayed,
    estimated: row.estimated,
    authorized: row.authorized,
    source: row.source as UseSource,
    closedBy: row.closed_by as UseClosedBy | null,
    boardSeenAt: toIsoOrNull(heard?.boardSeenAtS ?? null),
    version: row.version,
  };
}
