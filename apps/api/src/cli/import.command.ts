import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { loadWords } from '@fabomatic/i18n';
import { prepareDataFolder } from '../data-folder/data-folder';
import { withScratchDatabase } from '../database/scratch-database.service';
import type { OpenDatabase } from '../database/open-database';
import { importOriginal } from '../import/import-original';
import { importedBefore } from '../import/import-record';
import { OriginalFile } from '../import/original-file';
import { portalCandidates } from '../import/portal-admins';
import {
  type SettingsTakeover,
  storeTakeover,
  takeOverSettings,
} from '../import/settings-takeover';
import { loadSettings } from '../settings/load-settings';
import { settingsKeys } from '../settings/settings-file.service';
import type { Settings } from '../settings/settings.module';
import type { Command, CommandInput } from './command';
import { commandActor } from './command-actor';
import { withDatabase } from './with-database';

export const importCommand: Command = {
  name: 'import',
  parameters:
    '<database.sqldb> [--dry-run] [--merge-duplicates] [--admin <e-mail>] [--settings <settings.toml>]',
  summary: "reads the original's database (and settings) into an empty data folder",
  flags: ['dry-run', 'merge-duplicates'],
  options: ['admin', 'settings'],
  wordCount: 1,
  run: async (input) => {
    // The files come first: a wrong one must not leave a new data folder behind.
    const original = OriginalFile.open(resolve(input.words[0] ?? ''));
    try {
      await importFile(original, input);
    } finally {
      original.close();
    }
    return 0;
  },
};

async function importFile(original: OriginalFile, input: CommandInput): Promise<void> {
  const settingsFile = input.options.get('settings');
  const takeover = settingsFile === undefined ? null : takeOverSettings(resolve(settingsFile));
  const settings = loadSettings();
  const isDryRun = input.flags.has('dry-run');
  const adminEmail = input.options.get('admin') ?? (await askForAdmin(original, isDryRun));
  if (isDryRun) {
    const scratch = { parent: tmpdir(), adminEmail: settings.web.defaultAdminEmail };
    await withScratchDatabase(scratch, (database) =>
      importInto(database, original, { input, adminEmail }),
    );
    process.stdout.write('\nThis was a trial: nothing was kept.\n');
  } else {
    await withDatabase(
      'an import',
      ({ database }) => importInto(database, original, { input, adminEmail }),
      settings,
    );
  }
  if (takeover !== null) await keepSettings(takeover, settings, isDryRun);
}

async function importInto(
  database: OpenDatabase,
  original: OriginalFile,
  { input, adminEmail }: { input: CommandInput; adminEmail: string | undefined },
): Promise<void> {
  const before = await importedBefore(database.reader, await original.digest());
  if (before !== null) {
    process.stdout.write(`This file was imported at ${before}: nothing was changed.\n`);
    return;
  }
  const report = await importOriginal(original, database.units, {
    progress: (read, total) => void process.stdout.write(`uses: ${read} of ${total}\n`),
    mergeDuplicates: input.flags.has('merge-duplicates'),
    by: commandActor('import'),
    adminEmails: adminEmail === undefined ? [] : [adminEmail],
  });
  process.stdout.write(report.toText(await loadWords('en')));
}

/** Asks who is to administrate, where the file does not say and somebody is there to answer. */
async function askForAdmin(original: OriginalFile, isDryRun: boolean): Promise<string | undefined> {
  const candidates = portalCandidates(original);
  if (candidates.length === 0) return undefined;
  const lines = candidates.map(({ name, email }, index) => `  ${index + 1}  ${name} (${email})`);
  process.stdout.write(
    `The file does not say who administrates the portal. These could log in to the original:\n${lines.join('\n')}\n`,
  );
  if (!process.stdin.isTTY || isDryRun) {
    process.stdout.write('Name one with --admin <e-mail>; without, it is nobody of them.\n\n');
    return undefined;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(
    'Number of the one who is to administrate (empty: nobody): ',
  );
  terminal.close();
  return candidates[Number(answer) - 1]?.email;
}

async function keepSettings(
  takeover: SettingsTakeover,
  settings: Settings,
  isDryRun: boolean,
): Promise<void> {
  const { left_out: reasons } = (await loadWords('en')).import_original;
  const expected = new Map(settingsKeys().map((key) => [key.path, key.expected]));
  const reason = ({ key, why }: SettingsTakeover['leftOut'][number]) =>
    why === 'refused' ? `expected ${expected.get(key) ?? ''}` : reasons[why];
  const lines = [
    'Settings taken over:',
    ...takeover.taken.map((line) => `  ${line}`),
    ...(takeover.leftOut.length === 0 ? [] : ['Not taken over:']),
    ...takeover.leftOut.map((each) => `  ${each.key}: ${reason(each)}`),
  ];
  process.stdout.write(`\n${lines.join('\n')}\n`);
  if (isDryRun) return;
  prepareDataFolder(settings.data.folder);
  const path = storeTakeover(takeover, settings);
  process.stdout.write(
    path === null
      ? `There is a settings file already (${settings.source ?? settings.data.folder}), and it stays as it is: put in what you need.\n`
      : `Written to ${path}.\n`,
  );
}
