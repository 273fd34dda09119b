import { type Page, type PageQuery, type SortKey, sortOf } from '@fabomatic/kernel';
import type { ReadDb, SqlValue } from './db';

/** The WHERE of a list, put together from the filters that are set. */
export class Conditions {
  private readonly terms: string[] = [];
  readonly params: SqlValue[] = [];

  /** A term with a `?` for each parameter. */
  add(term: string, ...params: readonly SqlValue[]): this {
    this.terms.push(term);
    this.params.push(...params);
    return this;
  }

  /** A term with one `?`, when the filter is set. */
  filter(term: string, value: SqlValue | undefined): this {
    return value === undefined ? this : this.add(term, value);
  }

  /** A term without `?` or its contrary, when the flag is set. */
  flag(term: string, value: boolean | undefined): this {
    if (value === undefined) return this;
    return this.add(value ? term : `NOT (${term})`);
  }

  /** Is the text somewhere in one of the columns (SQL expressions), whatever the letter case? */
  search(text: string | undefined, ...columns: readonly string[]): this {
    const terms = columns.map((column) => `LOWER(${column}) LIKE ? ESCAPE '\\'`);
    return this.searchWith(text, `(${terms.join(' OR ')})`);
  }

  /** Like {@link search}, with a term of one's own, each `?` of which is the pattern. */
  searchWith(text: string | undefined, term: string): this {
    if (text === undefined) return this;
    const pattern = `%${escapeLike(text)}%`;
    return this.add(term, ...[...term.matchAll(/\?/g)].map(() => pattern));
  }

  addAll({ terms, params }: Conditions): this {
    this.terms.push(...terms);
    this.params.push(...params);
    return this;
  }

  get sql(): string {
    return this.terms.length === 0 ? '' : `WHERE ${this.terms.join(' AND ')}`;
  }
}

/** A text for `LOWER(column) LIKE ? ESCAPE '\\'`, in which nothing is a wildcard. */
export function escapeLike(text: string): string {
  return text.toLowerCase().replace(/[\\%_]/g, '\\$&');
}

/**
 * ORDER BY for a sort key. `columns`: sort name -> SQL expression, ours and never user input.
 * `tie`: a unique column, so that no row stands on two pages. Empty values come last either way.
 */
export function orderBy<S extends string>(
  key: SortKey<S>,
  columns: Readonly<Record<S, string>>,
  tie: string,
): string {
  const { name, isFalling } = sortOf<S>(key);
  const way = isFalling ? 'DESC' : 'ASC';
  const column = columns[name];
  return column === tie
    ? `ORDER BY ${tie} ${way}`
    : `ORDER BY ${column} ${way} NULLS LAST, ${tie} ${way}`;
}

export interface ListStatement {
  readonly select: string;
  readonly from: string;
  readonly conditions: Conditions;
  readonly orderBy: string;
}

/** One page of rows and how many there are in all: two queries, whatever the page. */
export async function pageOfRows<R>(
  db: ReadDb,
  { select, from, conditions, orderBy: order }: ListStatement,
  { page, pageSize }: PageQuery,
): Promise<Page<R>> {
  const { sql, params } = conditions;
  const [count] = await db.query<{ total: number }>(
    `SELECT COUNT(*) AS total FROM ${from} ${sql}`,
    params,
  );
  const items = await db.query<R>(
    `SELECT ${select} FROM ${from} ${sql} ${order} LIMIT ? OFFSET ?`,
    [...params, pageSize, (page - 1) * pageSize],
  );
  return { items, total: count?.total ?? 0, page, pageSize };
}

/** Rows in the order of their ids, which `select` gives as `id`; one query. */
export async function rowsOfIds<R>(
  db: ReadDb,
  { select, from, id }: { readonly select: string; readonly from: string; readonly id: string },
  ids: readonly number[],
): Promise<R[]> {
  const marks = ids.length === 0 ? 'NULL' : ids.map(() => '?').join(', ');
  const rows = await db.query<R & { id: number }>(
    `SELECT ${select} FROM ${from} WHERE ${id} IN (${marks})`,
    ids,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((each) => byId.get(each) ?? []);
}

/** The same page with other items. */
export function mapPage<A, B>(page: Page<A>, map: (item: A) => B): Page<B> {
  return { ...page, items: page.items.map(map) };
}
