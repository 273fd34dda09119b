import { StartError } from '../start-error';
import type { Command } from './command';

export const importCommand: Command = {
  name: 'import',
  parameters: '<database.sqldb>',
  summary: "reads the original's database into an empty data folder",
  flags: [],
  wordCount: 1,
  run: () => Promise.reject(new StartError('This version cannot import yet.')),
};
