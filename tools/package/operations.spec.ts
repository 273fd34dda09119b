import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const all = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8');
const [text = '', tried = ''] = all.split('## What was tried, and what was not');

/** What one can type: lines of the blocks of a shell, and commands within sentences. */
function commands(): string[] {
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) =>
    block.replace(/^(.*<<'END')\n[\s\S]*?^END$/gm, '$1'),
  );
  const lines = blocks
    .join('')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#') && !/^[A-Z_]+=/.test(line));
  const named = /`((?:sudo|npm|node|fabomatic|docker|git|systemctl|kill|ufw) [^`\n]+)`/g;
  const inSentences = [...text.matchAll(named)].map(([, command = '']) => command);
  return [...lines, ...inSentences].filter((each) => !each.includes('<command>')).map(plain);
}

/** 'sudo -u fabomatic env A=b /opt/fabomatic/bin/fabomatic doctor' -> 'fabomatic doctor' */
function plain(command: string): string {
  return command
    .replace(/^sudo (?:-u \w+ )?/, '')
    .replace(/^env (?:\w+=\S+ )+/, '')
    .replace(/^\/opt\/fabomatic\/bin\//, '')
    .replace(/^npm run fabomatic -- /, 'fabomatic ');
}

interface Row {
  readonly starts: readonly string[];
  readonly by: string;
}

function rows(): Row[] {
  const table = /\| command[^\n]*\n\|[ -|]*\n((?:\|[^\n]*\n)+)/.exec(tried)?.[1] ?? '';
  return table
    .trim()
    .split('\n')
    .map((line) => line.split('|'))
    .map(([, starts = '', by = '']) => ({
      starts: [...starts.matchAll(/`([^`]+)`/g)].map(([, start = '']) => start),
      by: by.trim(),
    }));
}

it('says of each command whether a test runs it', () => {
  const starts = rows().flatMap((row) => row.starts);
  const untold = commands().filter(
    (command) => !starts.some((start) => `${command} `.startsWith(`${start} `)),
  );
  expect(untold).toEqual([]);
  expect(commands().length).toBeGreaterThan(40);
});

it('tells of no command that the page does not have, and names tests that there are', () => {
  const idle = rows()
    .flatMap((row) => row.starts)
    .filter((start) => !commands().some((command) => `${command} `.startsWith(`${start} `)));
  expect(idle).toEqual([]);
  for (const { by } of rows()) {
    const files = [...by.matchAll(/`((?:apps|tools)\/[^`]+)`/g)].map(([, file = '']) => file);
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
    expect(files.length > 0 || /by hand|not run here/.test(by)).toBe(true);
  }
});

describe('nginx', () => {
  const block = /^server \{[\s\S]*?^\}$/m.exec(text)?.[0] ?? '';

  it.each([
    ['lets the live pages through at once', 'proxy_buffering off;'],
    ['keeps no upload back', 'proxy_request_buffering off;'],
    ['ends no live page that is silent', 'proxy_read_timeout 1h;'],
    ['says who asks', 'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;'],
    ['says that they came by HTTPS: cookies depend on it', 'X-Forwarded-Proto $scheme;'],
    [
      'takes a backup of 4 GB, which is the most that the product takes',
      'client_max_body_size 4g;',
    ],
  ])('%s', (_what, directive) => {
    expect(block).toContain(directive);
  });

  it('is believed by the settings that stand before it', () => {
    const settings = text.slice(0, text.indexOf(block)).split('```toml').at(-1) ?? '';
    expect(settings).toContain('trust_proxy = "loopback"');
    expect(settings).toContain('host = "127.0.0.1"');
  });
});
