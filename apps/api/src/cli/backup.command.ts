import { systemClock } from '@fabomatic/kernel';
import { BackupFolder } from '../backups/backup-folder';
import { makeBackup } from '../backups/make-backup';
import { findRootFolder, readVersion } from '../root-folder';
import { loadSettings } from '../settings/load-settings';
import type { Command } from './command';

/** Works beside the running product as well: a copy is one moment of the database. */
export const backupCommand: Command = {
  name: 'backup',
  parameters: '',
  summary: 'copies the database into the folder of backups and checks the copy',
  flags: [],
  wordCount: 0,
  run: async () => {
    const { backup, database } = loadSettings();
    const folder = new BackupFolder(backup.folder);
    const made = await makeBackup(folder, {
      database: database.location,
      kind: 'manual',
      version: readVersion(findRootFolder()),
      nowS: systemClock.nowS(),
    });
    process.stdout.write(`Backed up to ${folder.pathOf(made.backup)} and checked it.\n`);
    return 0;
  },
};
