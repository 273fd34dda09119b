/** What `npm start` runs once everything is installed and built. */
import { runCommand } from './cli/command';
import { startCommand } from './cli/start.command';

await runCommand(startCommand, process.argv.slice(2));
