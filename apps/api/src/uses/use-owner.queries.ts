import type { PageQuery } from '@fabomatic/kernel';
import type { ReadDb, SqlValue } from '../database/db';

/** Whose name uses can be sorted by. */
export type Owner = 'machine' | 'member';

/** How many uses a machine or a member has; `id` null: those without a member. */
export interface OwnedUses {
  readonly id: number | null;
  readonly uses: number;
}

const TABLES: Readonly<Record<Owner, string>> = {
  machine: 'machines m',
  member: 'members p',
};
const ALIASES: Readonly<Record<Owner, string>> = { machine: 'm', member: 'p' };

/**
 * Machines or members in the order of their names, each with its number of uses, counted in its
 * index. `name`: the SQL expression that is sorted by, over {@link TABLES}; uses of nobody are last.
 */
export function countByOwner(
  db: ReadDb,
  owner: Owner,
  name: string,
  isFalling: boolean,
): Promise<OwnedUses[]> {
  const way = isFalling ? 'DESC' : 'ASC';
  const id = `${ALIASES[owner]}.id`;
  return db.query<OwnedUses>(
    `SELECT id, uses FROM (
       SELECT ${id} AS id, ${name} AS name,
         (SELECT COUNT(*) FROM uses u WHERE u.${owner}_id = ${id}) AS uses FROM ${TABLES[owner]}
       UNION ALL
       SELECT NULL, NULL, (SELECT COUNT(*) FROM uses u WHERE u.${owner}_id IS NULL)
     ) AS owned ORDER BY name ${way} NULLS LAST, id ${way}`,
  );
}

export interface OwnedOrder {
  readonly owner: Owner;
  readonly owned: readonly OwnedUses[];
  readonly isFalling: boolean;
}

/** Ids of one page of all uses: by owner as given, then by start. One query over one index. */
export async function pageByOwner(
  db: ReadDb,
  { owner, owned, isFalling }: OwnedOrder,
  { page, pageSize }: PageQuery,
): Promise<number[]> {
  const way = isFalling ? 'DESC' : 'ASC';
  const parts: string[] = [];
  const params: SqlValue[] = [];
  for (const { id, skip, take } of windows(owned, (page - 1) * pageSize, pageSize)) {
    const whose = `${owner}_id ${id === null ? 'IS NULL' : '= ?'}`;
    parts.push(
      `SELECT * FROM (SELECT ${parts.length} AS part, id, started_at FROM uses WHERE ${whose}
         ORDER BY started_at ${way}, id ${way} LIMIT ? OFFSET ?) AS p${parts.length}`,
    );
    params.push(...(id === null ? [] : [id]), take, skip);
  }
  if (parts.length === 0) return [];
  const rows = await db.query<{ id: number }>(
    `SELECT id FROM (${parts.join(' UNION ALL ')}) AS found
     ORDER BY part, started_at ${way}, id ${way}`,
    params,
  );
  return rows.map(({ id }) => id);
}

/** Which uses of which owners lie on the page: as many owners as it has rows, at most. */
function windows(owned: readonly OwnedUses[], offset: number, size: number) {
  const found: { id: number | null; skip: number; take: number }[] = [];
  let before = 0;
  for (const { id, uses } of owned) {
    const skip = Math.max(0, offset - before);
    const take = Math.min(before + uses, offset + size) - (before + skip);
    if (take > 0) found.push({ id, skip, take });
    before += uses;
    if (before >= offset + size) break;
  }
  return found;
}
