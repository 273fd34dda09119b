import { startServer } from '../start-server';
import type { Command } from './command';

export const startCommand: Command = {
  name: 'start',
  parameters: '[--demo]',
  summary: 'starts the product; --demo: with a made-up lab that is thrown away',
  flags: ['demo'],
  wordCount: 0,
  run: async ({ flags }) => {
    await startServer({ isDemo: flags.has('demo') });
    return undefined;
  },
};
