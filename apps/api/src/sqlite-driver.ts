import { createRequire } from 'node:module';
import type SqliteDatabase from 'better-sqlite3';
import { StartError } from './start-error';

/** better-sqlite3 13 brings its binaries along and is built on this version of Node-API. */
const NODE_API_VERSION = 10;

/**
 * The release of better-sqlite3 that this Node can run: 13 wherever it has Node-API 10 (22.14 and
 * later), 12 on Node 20. The other way round both would crash: 13 does so on Node 20, and 12 from
 * Node 24.19 on whenever a statement is collected (decision 0018).
 */
export const sqlitePackage: string =
  Number(process.versions['napi']) >= NODE_API_VERSION ? 'better-sqlite3' : 'better-sqlite3-node20';

const require = createRequire(import.meta.url);

/** Where the package lies, for threads that load it by themselves: they could not say what is missing. */
export function sqlitePackageFile(): string {
  new Sqlite(':memory:').close();
  return require.resolve(sqlitePackage);
}

/** Opens SQLite files: `new Sqlite(file, options)`, as better-sqlite3 describes it. */
export const Sqlite: typeof SqliteDatabase = explaining(load());

/**
 * The same driver, which says in words when its binary is missing: on Node 20 after `npm install
 * --ignore-scripts`, or where nothing could be compiled. That shows with the first file only.
 */
export function explaining(driver: typeof SqliteDatabase): typeof SqliteDatabase {
  return new Proxy(driver, {
    construct(target, args, newTarget) {
      try {
        return Reflect.construct(target, args, newTarget) as object;
      } catch (error) {
        throw isBinaryMissing(error) ? new StartError(NO_BINARY, { cause: error }) : error;
      }
    },
  });
}

const NO_BINARY = `There is no SQLite for Node ${process.versions.node}: install Node 22.14 or newer; or a C++ compiler (apt install build-essential python3), and then FabOMatic again, without --ignore-scripts.`;

/** The package `bindings` tells where it has looked. */
function isBinaryMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'tries' in error;
}

function load(): typeof SqliteDatabase {
  try {
    return require(sqlitePackage) as typeof SqliteDatabase;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'MODULE_NOT_FOUND') throw error;
    throw new StartError(
      `SQLite could not be built for Node ${process.versions.node}: install Node 22.14 or newer, or a C++ compiler (apt install build-essential python3) and start again.`,
    );
  }
}
