import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { systemClock } from '@fabomatic/kernel';
import { BackupFolder } from '../backups/backup-folder';
import { RestoreNotes } from '../backups/pending-restore';
import { restore } from '../backups/restore';
import { callOf, findRootFolder, readVersion } from '../root-folder';
import { loadSettings } from '../settings/load-settings';
import type { Command } from './command';
import { commandActor } from './command-actor';
import { withDataFolder } from './with-database';

export const restoreCommand: Command = {
  name: 'restore',
  parameters: '<file>',
  summary:
    'puts a backup (a path, or a name in the folder of backups) in the place of the database',
  flags: [],
  wordCount: 1,
  run: async ({ words: [name = ''] }) => {
    const settings = loadSettings();
    const folder = new BackupFolder(settings.backup.folder);
    const file = existsSync(name) ? resolve(name) : folder.pathOf(folder.get(name));
    await withDataFolder('a restore', settings, async (dataFolder) => {
      const nowS = systemClock.nowS();
      const restored = await restore(folder, {
        database: settings.database.location,
        file,
        version: readVersion(findRootFolder()),
        nowS,
      });
      const notes = new RestoreNotes(dataFolder.path);
      notes.pending = null;
      notes.last = {
        name,
        askedAtS: nowS,
        atS: nowS,
        memberId: null,
        memberName: commandActor('restore').name,
        error: null,
        isAudited: false,
      };
      const { members, machines, uses } = restored.rows;
      const counted = `${members ?? 0} members, ${machines ?? 0} machines, ${uses ?? 0} uses`;
      process.stdout.write(`Restored ${file} (${counted}).\n`);
      if (restored.wayBack !== null) {
        process.stdout.write(
          `The database as it was is ${restored.wayBack}; the way back: ${callOf(`restore ${restored.wayBack}`)}\n`,
        );
      }
    });
    return 0;
  },
};
