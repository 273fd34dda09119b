import { resolve } from 'node:path';
import { prepareDataFolder } from '../data-folder/data-folder';
import { lockDataFolder } from '../data-folder/instance-lock';
import type { DatabaseConfig } from '../database/database-config';
import { databaseProblem } from '../database/database-problem';
import { type OpenDatabase, openDatabase } from '../database/open-database';
import { importOriginal } from '../import/import-original';
import { OriginalFile } from '../import/original-file';
import { loadSettings } from '../settings/load-settings';
import type { Settings } from '../settings/settings.module';
import { type Command, EXIT_FAILED } from './command';

export const importCommand: Command = {
  name: 'import',
  parameters: '<database.sqldb>',
  summary: "reads the original's database into an empty data folder",
  flags: [],
  wordCount: 1,
  run: async ({ words: [file = ''] }) => {
    // The file comes first: a wrong one must not leave a new data folder behind.
    const original = OriginalFile.open(resolve(file));
    try {
      await importInto(loadSettings(), original);
    } finally {
      original.close();
    }
    return 0;
  },
};

async function importInto(settings: Settings, original: OriginalFile): Promise<void> {
  const dataFolder = prepareDataFolder(settings.data.folder);
  const lock = lockDataFolder(dataFolder.path, 'an import');
  try {
    const database = await open({
      target: settings.database.location,
      backupFolder: settings.backup.folder,
      adminEmail: settings.web.defaultAdminEmail,
    });
    try {
      const report = await importOriginal(original, database.units, {
        progress: (line) => process.stdout.write(`${line}\n`),
      });
      process.stdout.write(report.toText());
    } finally {
      await database.close();
    }
  } finally {
    lock.release();
  }
}

async function open(config: DatabaseConfig): Promise<OpenDatabase> {
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
    throw databaseProblem(error, config.target);
  }
}
