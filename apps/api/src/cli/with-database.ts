import { type DataFolder, prepareDataFolder } from '../data-folder/data-folder';
import { lockDataFolder } from '../data-folder/instance-lock';
import { databaseProblem } from '../database/database-problem';
import { type OpenDatabase, openDatabase } from '../database/open-database';
import { loadSettings } from '../settings/load-settings';
import type { Settings } from '../settings/settings.module';
import { EXIT_FAILED } from './command';

/** What a command works with that has the database to itself. */
export interface CommandDatabase {
  readonly settings: Settings;
  readonly dataFolder: DataFolder;
  readonly database: OpenDatabase;
}

/**
 * Opens the database for a command. Refused with one sentence while the product (or another command)
 * works on the same data folder. `purpose` is what the others are told: 'an import'.
 */
export async function withDatabase<T>(
  purpose: string,
  work: (opened: CommandDatabase) => Promise<T>,
  settings: Settings = loadSettings(),
): Promise<T> {
  return withDataFolder(purpose, settings, async (dataFolder) => {
    const database = await open(settings);
    try {
      return await work({ settings, dataFolder, database });
    } finally {
      await database.close();
    }
  });
}

/** Like {@link withDatabase}, for what replaces the database itself. */
export async function withDataFolder<T>(
  purpose: string,
  settings: Settings,
  work: (dataFolder: DataFolder) => Promise<T>,
): Promise<T> {
  const dataFolder = prepareDataFolder(settings.data.folder);
  const lock = lockDataFolder(dataFolder.path, purpose);
  try {
    return await work(dataFolder);
  } finally {
    lock.release();
  }
}

async function open({ database, backup, web }: Settings): Promise<OpenDatabase> {
  const target = database.location;
  const config = { target, backupFolder: backup.folder, adminEmail: web.defaultAdminEmail };
  try {
    return await openDatabase(config, {
      log: {
        log: () => undefined,
        warn: (message) => process.stderr.write(`${message}\n`),
        error: (error) => process.stderr.write(`${String(error)}\n`),
      },
      onTakenOver: () => {
        process.stderr.write('Another process has taken the database over.\n');
        process.exit(EXIT_FAILED);
      },
    });
  } catch (error) {
    // What a person can mend becomes a sentence, the rest stays a defect.
    throw databaseProblem(error, target);
  }
}
