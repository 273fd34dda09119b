import type { QueryConfig } from 'pg';
import type { SqlValue } from './db';

/** As many statements as a connection keeps prepared; later ones are sent as plain text. */
const CACHE_SIZE = 500;

interface Numbered {
  readonly text: string;
  /** Set: the server keeps the statement prepared under this name. */
  readonly name?: string;
}

/** SQL with `?` -> the same with $1, $2, ... */
const cache = new Map<string, Numbered>();

/** numbered("a = ? AND b = '?'") = "a = $1 AND b = '?'" */
export function numbered(sql: string): string {
  let count = 0;
  return sql.replace(/'[^']*'|"[^"]*"|\?/g, (part) => (part === '?' ? `$${++count}` : part));
}

/** What the driver is given for SQL written with `?`. */
export function postgresQuery(sql: string, params: readonly SqlValue[]): QueryConfig {
  let known = cache.get(sql);
  if (known === undefined) {
    const text = numbered(sql);
    if (cache.size < CACHE_SIZE) {
      known = { text, name: `fab${cache.size + 1}` };
      cache.set(sql, known);
    } else known = { text };
  }
  return { ...known, values: [...params] };
}
