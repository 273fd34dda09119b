/** Makes the example file and the manual page of the settings from their schema. */
import { stringify } from 'smol-toml';
import { OTHER_VARIABLES } from './settings-environment';
import { keyFacts } from './settings-keys';
import { SETTINGS_KEYS } from './settings.schema';

const COMMENT_WIDTH = 98;

/** `conf/settings.example.toml`: every key with its default and what it is for. */
export function exampleToml(): string {
  const lines = [
    '# Settings of FabOMatic. Copy this file to conf/settings.toml and change what you need;',
    '# every line may be left out, and then has the value that stands here.',
    '# docs/settings.md says more, also about environment variables.',
  ];
  let section = '';
  for (const key of SETTINGS_KEYS) {
    if (key.section !== section) lines.push('', `[${key.section}]`);
    section = key.section;
    const { description, expected } = keyFacts(key.schema);
    lines.push(...wrapped(description), ...wrapped(`(${expected})`));
    lines.push(stringify({ [key.name]: key.defaultValue }).trim());
  }
  return `${lines.join('\n')}\n`;
}

/** `docs/settings.md`. Lists rather than tables, so that the formatter has nothing to align. */
export function settingsPage(): string {
  const lines = [
    '# Settings',
    '',
    '<!-- Made by `node tools/bootstrap/settings-docs.mjs` from apps/api/src/settings: change it there. -->',
    '',
    'Copy `conf/settings.example.toml` to `conf/settings.toml` and change what you need. A file `settings.toml` in the data folder is read when there is none in `conf`. Without any, everything has the value given here as default. A misspelt key or a value that cannot be is named at the start, with the file; nothing is ignored.',
    '',
    'Each key can be set by an environment variable too, which wins over the file: `FABOMATIC_WEB_PORT=8443 npm start`. Two more:',
    '',
    ...Object.entries(OTHER_VARIABLES).map(([name, meaning]) => `- \`${name}\`: ${meaning}`),
  ];
  let section = '';
  for (const key of SETTINGS_KEYS) {
    if (key.section !== section) lines.push('', `## ${key.section}`);
    section = key.section;
    const { description, expected, restart } = keyFacts(key.schema);
    lines.push('', `### ${key.path}`, '', description, '');
    lines.push(`- Default: \`${JSON.stringify(key.defaultValue)}\``);
    lines.push(`- Takes: ${expected}`);
    lines.push(`- Variable: \`${key.variable}\``);
    lines.push(`- Takes effect: ${restart ? 'after a restart' : 'at once'}`);
  }
  return `${lines.join('\n')}\n`;
}

/** 'a long text' -> ['# a long', '# text'] within the width of the file. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '#';
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > COMMENT_WIDTH) {
      lines.push(line);
      line = '#';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
