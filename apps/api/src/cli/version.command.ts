import { findRootFolder, readVersion } from '../root-folder';
import type { Command } from './command';

export const versionCommand: Command = {
  name: 'version',
  parameters: '',
  summary: 'says which version this is',
  flags: [],
  wordCount: 0,
  run: () => {
    process.stdout.write(`FabOMatic ${readVersion(findRootFolder())}\n`);
    return Promise.resolve(0);
  },
};
