/** The `fabomatic` command: `npm run fabomatic -- <command>`, and `fabomatic` in the package. */
import { EXIT_USAGE, runCommand } from './cli/command';
import { COMMANDS } from './cli/commands';
import { callOf } from './root-folder';

function usage(): string {
  const rows = COMMANDS.map(({ name, parameters, summary }) => ({
    call: `${name} ${parameters}`.trim(),
    summary,
  }));
  rows.push({ call: 'help', summary: 'says this' });
  const lines = rows.flatMap(({ call, summary }) => [`  ${call}`, `      ${summary}`]);
  return [`Usage: ${callOf('<command>')}`, '', ...lines, ''].join('\n');
}

const [name, ...args] = process.argv.slice(2);
const command = COMMANDS.find((candidate) => candidate.name === name);
if (command !== undefined) {
  await runCommand(command, args);
} else if (name === 'help' || name === '--help' || name === '-h') {
  process.stdout.write(usage());
} else {
  const reason = name === undefined ? '' : `There is no command "${name}".\n`;
  process.stderr.write(`${reason}${usage()}`);
  process.exitCode = EXIT_USAGE;
}
