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

/** A list: two queries, whatever the page. */
export interface ListStatement {
  readonly select: string;
  readonly from: string;
  readonly conditions: Conditions;
  readonly orderBy: string;
  /**
   * For a table that grows for ever: the page is found by ids alone, and only its rows are read.
   * `ids`: what is needed to filter and to sort; `joins`: what else `select` needs.
   */
  readonly ids?: string;
  readonly joins?: string;
}

/** One page of rows and how many there are in all. */
export async function pageOfRows<R>(
  db: ReadDb,
  statement: ListStatement,
  { page, pageSize }: PageQuery,
): Promise<Page<R>> {
  const { from, conditions } = statement;
  const [count] = await db.query<{ total: number }>(
    `SELECT COUNT(*) AS total FROM ${from} ${conditions.sql}`,
    conditions.params,
  );
  const items = await db.query<R>(rowsSql(statement), [
    ...conditions.params,
    pageSize,
    (page - 1) * pageSize,
  ]);
  return { items, total: count?.total ?? 0, page, pageSize };
}

function rowsSql({ select, from, conditions, orderBy: order, ids, joins }: ListStatement): string {
  if (ids === undefined) {
    return `SELECT ${select} FROM ${from} ${conditions.sql} ${order} LIMIT ? OFFSET ?`;
  }
  const alias = from.split(' ')[1] ?? from;
  const page = `SELECT ${alias}.id FROM ${ids} ${conditions.sql} ${order} LIMIT ? OFFSET ?`;
  return `SELECT ${select} FROM (${page}) page_ids JOIN ${from} ON ${alias}.id = page_ids.id
    ${joins ?? ''} ${order}`;
}

/** The same page with other items. */
export function mapPage<A, B>(page: Page<A>, map: (item: A) => B): Page<B> {
  return { ...page, items: page.items.map(map) };
}
