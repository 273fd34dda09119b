import type { PageQuery } from '@fabomatic/kernel';
import type { ReadDb, SqlValue } from '../database/db';
import type { Conditions } from '../database/list-sql';
import type { OrderColumn } from './use-filter';

/** Uses (`u`) that stand together in a list: which ones, and how many they are. */
export interface Stretch {
  readonly conditions: Conditions;
  readonly uses: number;
}

/** Order within a stretch: by the column, then by id. */
export interface StretchOrder {
  readonly column: OrderColumn;
  readonly isFalling: boolean;
}

interface Window {
  readonly stretch: Stretch;
  /** Uses of the stretch that stand before the page, and on it. */
  readonly skip: number;
  readonly take: number;
}

/**
 * Ids of one page of a list that is made of stretches, one after the other. One query, which reads
 * only the stretches on the page, and each from its nearer end.
 */
export async function pageOfStretches(
  db: ReadDb,
  stretches: readonly Stretch[],
  { column, isFalling }: StretchOrder,
  { page, pageSize }: PageQuery,
): Promise<number[]> {
  const parts: string[] = [];
  const params: SqlValue[] = [];
  for (const window of windows(stretches, (page - 1) * pageSize, pageSize)) {
    const { stretch, skip, take } = window;
    const after = stretch.uses - skip - take;
    const isFromEnd = after < skip;
    const way = isFalling !== isFromEnd ? 'DESC' : 'ASC';
    parts.push(
      `SELECT * FROM (SELECT ${parts.length} AS part, u.id AS id, ${column} AS place FROM uses u
         ${stretch.conditions.sql} ORDER BY ${column} ${way}, u.id ${way}
         LIMIT ? OFFSET ?) AS p${parts.length}`,
    );
    params.push(...stretch.conditions.params, take, isFromEnd ? after : skip);
  }
  if (parts.length === 0) return [];
  const way = isFalling ? 'DESC' : 'ASC';
  const rows = await db.query<{ id: number }>(
    `SELECT id FROM (${parts.join(' UNION ALL ')}) AS found
     ORDER BY part, place ${way}, id ${way}`,
    params,
  );
  return rows.map(({ id }) => id);
}

/** The stretches that lie on the page: as many as it has rows, at most. */
function windows(stretches: readonly Stretch[], offset: number, size: number): Window[] {
  const found: Window[] = [];
  let before = 0;
  for (const stretch of stretches) {
    const skip = Math.max(0, offset - before);
    const take = Math.min(before + stretch.uses, offset + size) - (before + skip);
    if (take > 0) found.push({ stretch, skip, take });
    before += stretch.uses;
    if (before >= offset + size) break;
  }
  return found;
}
