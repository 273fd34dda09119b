import { isAbsolute, join } from 'node:path';

/** Where the data is kept. `file` is absolute once {@link locateDatabase} has seen it. */
export type DatabaseLocation =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string };

/**
 * Reads `database.url` in the original's (SQLAlchemy's) notation: three slashes for a file inside
 * the data folder, four for an absolute path. Undefined when it is neither SQLite nor PostgreSQL.
 */
export function parseDatabaseUrl(url: string): DatabaseLocation | undefined {
  const sqlite = /^sqlite:\/\/\/(.+)$/.exec(url);
  if (sqlite?.[1] !== undefined) {
    return /[?\0]|\/$|^:memory:$/.test(sqlite[1]) ? undefined : { kind: 'sqlite', file: sqlite[1] };
  }
  // SQLAlchemy names the driver too ("postgresql+psycopg2://"): the same database.
  const postgres = /^postgres(?:ql)?(?:\+[a-z0-9]+)?:\/\/(.+)$/.exec(url);
  if (postgres?.[1] === undefined) return undefined;
  const plain = `postgresql://${postgres[1]}`;
  if (!URL.canParse(plain)) return undefined;
  const { hostname, pathname } = new URL(plain);
  return hostname !== '' && pathname.length > 1 ? { kind: 'postgres', url: plain } : undefined;
}

/** Like {@link parseDatabaseUrl}, with a relative SQLite file put into the data folder. */
export function locateDatabase(url: string, dataFolder: string): DatabaseLocation {
  const location = parseDatabaseUrl(url);
  if (location === undefined) throw new Error('database.url was not checked');
  if (location.kind === 'postgres' || isAbsolute(location.file)) return location;
  return { kind: 'sqlite', file: join(dataFolder, location.file) };
}
