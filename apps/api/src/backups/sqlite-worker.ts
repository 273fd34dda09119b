import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { sqlitePackageFile } from '../sqlite-driver';

/** What was found in a file. */
const Inspection = z.object({
  /** 'ok', or what `PRAGMA integrity_check` says. */
  integrity: z.string(),
  /** Rows that refer to rows which are not there. */
  orphans: z.number(),
  tables: z.array(z.string()),
  /** Names of the migrations that made its schema. */
  migrations: z.array(z.string()),
  /** table -> number of rows */
  rows: z.record(z.string(), z.number()),
});
export type Inspection = z.infer<typeof Inspection>;

const Answer = z.object({
  found: Inspection.optional(),
  problem: z.object({ message: z.string(), code: z.string().optional() }).optional(),
});

/** `copyTo`: a new file that gets one moment of the database; it is inspected afterwards. */
interface WorkerTask {
  readonly file: string;
  readonly copyTo: string | null;
}

/**
 * Runs beside the event loop: copying and checking a large database takes seconds in which boards
 * want answers. As a text, because a bundle has no second file that a thread could start from.
 *
 * The read transaction makes the copy one moment of the database and keeps SQLite from starting
 * again whenever somebody writes. Afterwards the copy needs no write-ahead log beside it.
 */
const PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads');
  const Sqlite = require(workerData.sqlite);
  const PAGES_AT_ONCE = 500;

  async function copy(file, copyTo) {
    const source = new Sqlite(file, { readonly: true, fileMustExist: true });
    try {
      source.exec('BEGIN');
      source.prepare('SELECT COUNT(*) FROM sqlite_master').get();
      await source.backup(copyTo, { progress: () => PAGES_AT_ONCE });
    } finally {
      source.close();
    }
    const target = new Sqlite(copyTo);
    target.pragma('journal_mode = DELETE');
    target.close();
  }

  function inspect(file) {
    const database = new Sqlite(file, { readonly: true, fileMustExist: true });
    try {
      database.function('lower', { deterministic: true }, (text) =>
        typeof text === 'string' ? text.toLowerCase() : text);
      const integrity = database.pragma('integrity_check(5)').map((row) => row.integrity_check).join('; ');
      const tables = database
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
        .pluck().all();
      const count = (table) =>
        database.prepare('SELECT COUNT(*) FROM "' + table.replaceAll('"', '""') + '"').pluck().get();
      return {
        integrity,
        orphans: database.pragma('foreign_key_check').length,
        tables,
        migrations: tables.includes('migrations')
          ? database.prepare('SELECT name FROM migrations ORDER BY id').pluck().all()
          : [],
        rows: Object.fromEntries(tables.map((table) => [table, count(table)])),
      };
    } finally {
      database.close();
    }
  }

  async function main() {
    const { file, copyTo } = workerData;
    try {
      if (copyTo !== null) await copy(file, copyTo);
      parentPort.postMessage({ found: inspect(copyTo ?? file) });
    } catch (error) {
      // The errors of SQLite lose their text on the way between threads.
      parentPort.postMessage({ problem: { message: String(error.message), code: error.code } });
    }
  }
  void main();
`;

/** Copies, and looks into the result; errors of SQLite come back with their `code`. */
export function inspectInThread(task: WorkerTask): Promise<Inspection> {
  return new Promise((resolve, reject) => {
    const sqlite = sqlitePackageFile();
    const worker = new Worker(PROGRAM, { eval: true, workerData: { ...task, sqlite } });
    worker.once('message', (message: unknown) => {
      const { found, problem } = Answer.parse(message);
      if (found !== undefined) resolve(found);
      else reject(Object.assign(new Error(problem?.message), { code: problem?.code }));
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the copy of the database was cut short')));
  });
}
