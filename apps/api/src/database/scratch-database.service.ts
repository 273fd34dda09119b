import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type OpenDatabase, openDatabase } from './open-database';

const SILENT = { log: () => undefined, warn: () => undefined, error: () => undefined };

/** A new database, on SQLite and as a new lab has it, in a folder of `parent` that is gone afterwards. */
export async function withScratchDatabase<T>(
  { parent, adminEmail }: { parent: string; adminEmail: string | null },
  work: (database: OpenDatabase) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(parent, 'fabomatic-trial-'));
  try {
    const database = await openDatabase(
      { target: { kind: 'sqlite', file: join(folder, 'trial.db') }, adminEmail },
      { log: SILENT, onTakenOver: () => undefined },
    );
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
