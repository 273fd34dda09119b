import type { ReadDb } from '../database/db';
import { Conditions } from '../database/list-sql';
import type { Counting, Reading, UseFilter } from './use-filter';
import type { Stretch } from './use-page.queries';

/** Whose name uses can be sorted by. */
export type Owner = 'machine' | 'member';

const TABLES: Readonly<Record<Owner, string>> = {
  machine: 'machines m',
  member: 'members p',
};
const ALIASES: Readonly<Record<Owner, string>> = { machine: 'm', member: 'p' };

/**
 * The uses of each machine or member, in the order of their names; those of nobody are last. `name`:
 * the SQL expression that is sorted by, over {@link TABLES}. One query; null when the uses cannot be
 * counted without reading them.
 */
export async function stretchesByOwner(
  db: ReadDb,
  owner: Owner,
  filter: UseFilter,
  { name, isFalling }: { readonly name: string; readonly isFalling: boolean },
): Promise<Stretch[] | null> {
  const counting = keptCounts(owner, filter) ?? countsInIndex(owner, filter);
  if (counting === null) return null;
  const way = isFalling ? 'DESC' : 'ASC';
  const dropped = droppedBy(owner, filter);
  const id = `${ALIASES[owner]}.id`;
  const owned = await db.query<{ id: number; uses: number }>(
    `WITH counted AS (${counting.sql}), dropped AS (${dropped.sql})
     SELECT counted.id, counted.uses - COALESCE(dropped.uses, 0) AS uses
     FROM counted LEFT JOIN dropped ON dropped.id = counted.id
       LEFT JOIN ${TABLES[owner]} ON ${id} = counted.id
     ORDER BY ${name} ${way} NULLS LAST, counted.id ${way}`,
    [...counting.params, ...dropped.params],
  );
  return owned.map((each) => stretchOf(owner, filter, each));
}

/** Out of the table that is kept with the uses: id of the owner, or 0 for nobody -> uses. */
function keptCounts(owner: Owner, filter: UseFilter): Counting | null {
  const counted = filter.counted();
  if (counted === null) return null;
  const id = `c.${owner}_id`;
  const outside = filter.outside(readingOf(owner)).map((side) => {
    const nobodys = new Conditions().addAll(side).add(isNobodys(owner));
    const own = new Conditions().addAll(side).add(`u.${owner}_id = ${id}`);
    const sql = `CASE ${id} WHEN 0 THEN (SELECT COUNT(*) FROM uses u ${nobodys.sql})
      ELSE (SELECT COUNT(*) FROM uses u ${own.sql}) END`;
    return { sql, params: [...nobodys.params, ...own.params] };
  });
  const uses = ['SUM(c.uses)', ...outside.map(({ sql }) => sql)].join(' - ');
  return {
    sql: `SELECT ${id} AS id, ${uses} AS uses FROM use_counts c ${counted.sql} GROUP BY ${id}`,
    params: [...outside.flatMap(({ params }) => params), ...counted.params],
  };
}

/** The same, counted in the index of each owner. */
function countsInIndex(owner: Owner, filter: UseFilter): Counting | null {
  if (!filter.isCountedInIndexOf(owner)) return null;
  const id = `${ALIASES[owner]}.id`;
  const own = filter.kept().add(`u.${owner}_id = ${id}`);
  const nobodys = filter.kept().add(isNobodys(owner));
  const sql = `SELECT ${id} AS id, (SELECT COUNT(*) FROM uses u ${own.sql}) AS uses
      FROM ${TABLES[owner]}
    UNION ALL SELECT 0, (SELECT COUNT(*) FROM uses u ${nobodys.sql})`;
  return { sql, params: [...own.params, ...nobodys.params] };
}

/** The few uses of each owner that do not count. */
function droppedBy(owner: Owner, filter: UseFilter): Counting {
  const dropped = filter.dropped();
  if (dropped === null) return { sql: 'SELECT 0 AS id, 0 AS uses', params: [] };
  const id = `COALESCE(u.${owner}_id, 0)`;
  const sql = `SELECT ${id} AS id, COUNT(*) AS uses FROM uses u ${dropped.sql} GROUP BY ${id}`;
  return { sql, params: dropped.params };
}

function stretchOf(
  owner: Owner,
  filter: UseFilter,
  { id, uses }: { readonly id: number; readonly uses: number },
): Stretch {
  const own = new Conditions();
  if (id === 0) own.add(isNobodys(owner));
  else own.add(`u.${owner}_id = ?`, id);
  return { uses, ...filter.stretch(readingOf(owner), own) };
}

function readingOf(owner: Owner): Reading {
  return owner === 'machine' ? 'byMachine' : 'byMember';
}

/** A use without a machine there is not. */
function isNobodys(owner: Owner): string {
  return owner === 'member' ? 'u.member_id IS NULL' : '1 = 0';
}
