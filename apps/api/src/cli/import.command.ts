import { resolve } from 'node:path';
import { importOriginal } from '../import/import-original';
import { OriginalFile } from '../import/original-file';
import type { Command } from './command';
import { withDatabase } from './with-database';

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
      await withDatabase('an import', async ({ database }) => {
        const report = await importOriginal(original, database.units, {
          progress: (line) => process.stdout.write(`${line}\n`),
        });
        process.stdout.write(report.toText());
      });
    } finally {
      original.close();
    }
    return 0;
  },
};
