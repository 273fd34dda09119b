import { type Page, sortOf, toIso, toIsoOrNull } from '@fabomatic/kernel';
import type { UseClosedBy, UseListQuery, UseSource, UseView } from '@fabomatic/uses';
import type { ReadDb } from '../database/db';
import { Conditions, orderBy, rowsOfIds } from '../database/list-sql';
import { UseFilter } from './use-filter';
import { type Owner, stretchesByOwner } from './use-owner.queries';
import { pageOfStretches, type Stretch, type StretchOrder } from './use-page.queries';

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
} as const;
/** The few open ones come out of an index of their own. */
const OPEN = 'u.id IN (SELECT id FROM uses WHERE ended_at IS NULL)';
/**
 * The order of an index is followed when one use in so many fits; fewer are found and sorted, which takes
 * twenty times as long for each as passing one by.
 */
const PASSED_FOR_ONE = 20;
/** From so many on, a list by name is read machine by machine or member by member, in the same way. */
const MANY_BY_NAME = 2_000;

/** One page of uses. Three queries, whatever the page; one more to search names, one for a range. */
export async function listUses(
  db: ReadDb,
  query: UseListQuery,
  lastHeard: LastHeard,
): Promise<Page<UseView>> {
  const filter = await UseFilter.forPage(db, query);
  const owner = ownerOf(query);
  const found =
    owner === null
      ? await pageByColumn(db, filter, query)
      : await pageByOwner(db, owner, filter, query);
  const rows = { select: SELECT, from: `uses u ${NAMES}`, id: 'u.id' };
  const items = await rowsOfIds<UseRow>(db, rows, found.ids);
  const { page, pageSize } = query;
  return {
    items: items.map((row) => useView(row, lastHeard)),
    total: found.total,
    page,
    pageSize,
  };
}

/** The ids on a page, in their order, and how many uses there are on all of them. */
interface FoundPage {
  readonly ids: readonly number[];
  readonly total: number;
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

/** By start or by length, in the order of its index. */
async function pageByColumn(
  db: ReadDb,
  filter: UseFilter,
  query: UseListQuery,
): Promise<FoundPage> {
  const { name, isFalling } = sortOf(query.sort);
  if (name === 'durationS') {
    const stretches = await stretchesByLength(db, filter);
    return pageOf(db, stretches, { column: SORT_COLUMNS.durationS, isFalling }, query);
  }
  const { total: uses, isMost } = await countOf(db, filter);
  const stretch = isMost ? filter.stretch('byStart') : { conditions: filter.conditions() };
  return pageOf(db, [{ uses, ...stretch }], { column: SORT_COLUMNS.startedAt, isFalling }, query);
}

interface Count {
  readonly total: number;
  /** So many that they are read in the order of an index. */
  readonly isMost: boolean;
  readonly open: number;
}

async function countOf(db: ReadDb, filter: UseFilter): Promise<Count> {
  const { sql, params } = filter.count();
  const open = filter.conditions().add(OPEN);
  const [count] = await db.query<{ total: number; open: number; everything: number }>(
    `SELECT ${sql} AS total, (SELECT COUNT(*) FROM uses u ${open.sql}) AS open,
       (SELECT COALESCE(SUM(c.uses), 0) FROM use_counts c) AS everything`,
    [...params, ...open.params],
  );
  if (count === undefined) throw new Error('a SELECT of counts gave no row');
  const { total, everything } = count;
  return { total, open: count.open, isMost: total * PASSED_FOR_ONE >= everything };
}

/** Open uses have no length; they are last, whichever way the others are sorted. */
async function stretchesByLength(db: ReadDb, filter: UseFilter): Promise<Stretch[]> {
  const { total, open, isMost } = await countOf(db, filter);
  const closed = isMost
    ? filter.stretch('byLength', new Conditions().add('u.duration_s IS NOT NULL'))
    : // With the + the index of lengths, whose condition this is, is not gone through for a few.
      { conditions: filter.conditions().add('+u.duration_s IS NOT NULL') };
  return [
    { uses: total - open, ...closed },
    { uses: open, conditions: filter.conditions().add(OPEN) },
  ];
}

/** By a name, without reading all uses: machines and members are few. */
async function pageByOwner(
  db: ReadDb,
  owner: Owner,
  filter: UseFilter,
  query: UseListQuery,
): Promise<FoundPage> {
  const { isFalling } = sortOf(query.sort);
  const name = SORT_COLUMNS[owner];
  const stretches = await stretchesByOwner(db, owner, filter, { name, isFalling });
  const total = stretches === null ? (await countOf(db, filter)).total : totalOf(stretches);
  if (stretches === null || total <= MANY_BY_NAME) {
    return { ids: await idsByName(db, filter, query), total };
  }
  return pageOf(db, stretches, { column: SORT_COLUMNS.startedAt, isFalling }, query);
}

async function pageOf(
  db: ReadDb,
  stretches: readonly Stretch[],
  order: StretchOrder,
  query: UseListQuery,
): Promise<FoundPage> {
  return { ids: await pageOfStretches(db, stretches, order, query), total: totalOf(stretches) };
}

function totalOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { uses }) => sum + uses, 0);
}

/** Found, then sorted by a name. */
async function idsByName(db: ReadDb, filter: UseFilter, query: UseListQuery): Promise<number[]> {
  const { page, pageSize } = query;
  const { sql, params } = filter.conditions();
  const rows = await db.query<{ id: number }>(
    `SELECT u.id AS id FROM uses u ${NAMES} ${sql} ${orderOf(query)} LIMIT ? OFFSET ?`,
    [...params, pageSize, (page - 1) * pageSize],
  );
  return rows.map(({ id }) => id);
}

/** All uses of the list in its order, a chunk at a time. */
export async function* useChunks(
  db: ReadDb,
  query: UseListQuery,
  lastHeard: LastHeard,
): AsyncGenerator<UseView[]> {
  const { sql, params } = (await UseFilter.of(db, query)).conditions();
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
