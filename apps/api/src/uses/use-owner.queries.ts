import type { ReadDb, SqlValue } from '../database/db';
import type { UseFilter } from './use-filter';
import type { Stretch } from './use-page.queries';

/** Whose name uses can be sorted by. */
export type Owner = 'machine' | 'member';

const TABLES: Readonly<Record<Owner, string>> = {
  machine: 'machines m',
  member: 'members p',
};
const ALIASES: Readonly<Record<Owner, string>> = { machine: 'm', member: 'p' };

/**
 * The uses of each machine or member, in the order of their names, counted in its index; those of
 * nobody are last. `name`: the SQL expression that is sorted by, over {@link TABLES}. One query.
 */
export async function stretchesByOwner(
  db: ReadDb,
  owner: Owner,
  filter: UseFilter,
  { name, isFalling }: { readonly name: string; readonly isFalling: boolean },
): Promise<Stretch[]> {
  const way = isFalling ? 'DESC' : 'ASC';
  const id = `${ALIASES[owner]}.id`;
  const column = `u.${owner}_id`;
  // A use without a machine there is not.
  const isNobodys = owner === 'member' ? `${column} IS NULL` : '1 = 0';
  const own = filter.kept().add(`${column} = ${id}`);
  const nobodys = filter.kept().add(isNobodys);
  const dropped = droppedBy(column, filter);
  const owned = await db.query<{ id: number | null; uses: number }>(
    `WITH dropped AS (${dropped.sql})
     SELECT owned.id, owned.uses - COALESCE(dropped.uses, 0) AS uses FROM (
       SELECT ${id} AS id, ${name} AS name,
         (SELECT COUNT(*) FROM uses u ${own.sql}) AS uses FROM ${TABLES[owner]}
       UNION ALL
       SELECT NULL, NULL, (SELECT COUNT(*) FROM uses u ${nobodys.sql})
     ) AS owned LEFT JOIN dropped ON dropped.id = COALESCE(owned.id, 0)
     ORDER BY owned.name ${way} NULLS LAST, owned.id ${way}`,
    [...dropped.params, ...own.params, ...nobodys.params],
  );
  return owned.map((each) => ({
    uses: each.uses,
    conditions:
      each.id === null
        ? filter.conditions().add(isNobodys)
        : filter.conditions().add(`${column} = ?`, each.id),
  }));
}

/** The few uses of each owner that do not count; those of nobody under id 0, which is no one's. */
function droppedBy(column: string, filter: UseFilter): { sql: string; params: SqlValue[] } {
  const dropped = filter.dropped();
  if (dropped === null) return { sql: 'SELECT 0 AS id, 0 AS uses', params: [] };
  return {
    sql: `SELECT COALESCE(${column}, 0) AS id, COUNT(*) AS uses FROM uses u ${dropped.sql}
      GROUP BY COALESCE(${column}, 0)`,
    params: dropped.params,
  };
}
