import type { PageQuery } from '@fabomatic/kernel';
import type { ReadDb, SqlValue } from '../database/db';
import { Conditions } from '../database/list-sql';

export type OrderColumn = 'u.started_at' | 'u.duration_s';

/** How much longer SQLite takes to fall than to rise through the index: lengths may be empty. */
const FALLING_PRICE: Readonly<Record<OrderColumn, number>> = {
  'u.started_at': 1,
  'u.duration_s': 2,
};

/**
 * More uses than the stretch holds, of which an index alone tells where they stand, while each use of
 * the stretch would have to be looked at; and those that it leaves out, in parts that do not overlap.
 */
interface Leap {
  readonly over: Conditions;
  readonly leftOut: readonly Conditions[];
}

/** Uses (`u`) that stand together in a list: which ones, and how many they are. */
export interface Stretch {
  readonly conditions: Conditions;
  readonly uses: number;
  /** Set when a page of it is reached sooner by leaping. */
  readonly leap?: Leap;
}

/** Order within a stretch: by the column, then by id. */
export interface StretchOrder {
  readonly column: OrderColumn;
  readonly isFalling: boolean;
}

/** Uses that stand before what is read, and how many are. */
interface Place {
  readonly skip: number;
  readonly take: number;
}

/** The part of a stretch that is on the page. */
interface Window extends Place {
  readonly stretch: Stretch;
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
  for (const { stretch, skip, take } of windows(stretches, (page - 1) * pageSize, pageSize)) {
    const after = stretch.uses - skip - take;
    const price = FALLING_PRICE[column];
    const isFromEnd = isFalling ? after < price * skip : price * after < skip;
    const order = { column, isFalling: isFalling !== isFromEnd };
    const place = { skip: isFromEnd ? after : skip, take };
    const { leap } = stretch;
    const part =
      leap === undefined || place.skip === 0
        ? walked(stretch, order, place)
        : leapt(stretch, leap, order, place);
    parts.push(`SELECT ${parts.length} AS part, id, place FROM (${part.sql}) AS p${parts.length}`);
    params.push(...part.params);
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

/** Uses of one stretch: their ids, and where they stand. */
interface Part {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

function walked(
  { conditions }: Stretch,
  { column, isFalling }: StretchOrder,
  { skip, take }: Place,
): Part {
  const way = isFalling ? 'DESC' : 'ASC';
  return {
    sql: `SELECT u.id AS id, ${column} AS place FROM uses u ${conditions.sql}
      ORDER BY ${column} ${way}, u.id ${way} LIMIT ? OFFSET ?`,
    params: [...conditions.params, take, skip],
  };
}

/**
 * The same, when some uses are left out. First as far as if none were: of the uses passed by, those that
 * are left out were not to be counted, so as many more are passed by from there.
 */
function leapt(
  { conditions }: Stretch,
  { over, leftOut }: Leap,
  { column, isFalling }: StretchOrder,
  { skip, take }: Place,
): Part {
  const way = isFalling ? 'DESC' : 'ASC';
  const [before, from] = isFalling ? ['>', '<='] : ['<', '>='];
  const reached = '(SELECT place, id FROM reached)';
  const rest = new Conditions().addAll(conditions).add(`(${column}, u.id) ${from} ${reached}`);
  const passed = leftOut.map((each) =>
    new Conditions().addAll(each).add(`(${column}, u.id) ${before} ${reached}`),
  );
  const more = passed.map(({ sql }) => `(SELECT COUNT(*) FROM uses u ${sql})`).join(' + ');
  return {
    sql: `WITH reached AS (SELECT ${column} AS place, u.id AS id FROM uses u ${over.sql}
        ORDER BY ${column} ${way}, u.id ${way} LIMIT 1 OFFSET ?)
      SELECT u.id AS id, ${column} AS place FROM uses u ${rest.sql}
      ORDER BY ${column} ${way}, u.id ${way} LIMIT ? OFFSET (${more})`,
    params: [...over.params, skip, ...rest.params, take, ...passed.flatMap(({ params }) => params)],
  };
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
