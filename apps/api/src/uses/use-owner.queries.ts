import type { ReadDb } from '../database/db';
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
  const nobodys = filter.conditions().add(owner === 'member' ? `${column} IS NULL` : '1 = 0');
  const own = filter.conditions().add(`${column} = ${id}`);
  const owned = await db.query<{ id: number | null; uses: number }>(
    `SELECT id, uses FROM (
       SELECT ${id} AS id, ${name} AS name,
         (SELECT COUNT(*) FROM uses u ${own.sql}) AS uses FROM ${TABLES[owner]}
       UNION ALL
       SELECT NULL, NULL, (SELECT COUNT(*) FROM uses u ${nobodys.sql})
     ) AS owned ORDER BY name ${way} NULLS LAST, id ${way}`,
    [...own.params, ...nobodys.params],
  );
  return owned.map((each) => ({
    uses: each.uses,
    conditions: each.id === null ? nobodys : filter.conditions().add(`${column} = ?`, each.id),
  }));
}
