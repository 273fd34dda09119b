import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HTTP_ERROR_CODES } from '@fabomatic/kernel';
import {
  LAB_EVENT_KINDS,
  MACHINE_ERRORS,
  MACHINE_STATUSES,
  REFUSAL_REASONS,
} from '@fabomatic/machines';
import { MEMBER_ERRORS } from '@fabomatic/members';
import { LANGUAGES } from './index';

type Tree = { [key: string]: string | Tree };

const ROOT = resolve(__dirname, '../../..');

/** Words that are the same in two languages, and rightly so. */
const SAME_WORDS = new Set([
  'Fab-O-Matic',
  'Password',
  'password',
  'Email',
  'h',
  'min',
  's',
  'Live',
  'Dashboard',
  'no',
]);

function flat(tree: Tree, path = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[`${path}${key}`, value] as const]
        : [...flat(value, `${path}${key}.`)],
    ),
  );
}

function words(code: string): Map<string, string> {
  return flat(JSON.parse(readFileSync(join(__dirname, `${code}.json`), 'utf8')) as Tree);
}

const placeholders = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

const english = words('en');
const others = LANGUAGES.map(({ code }) => code).filter((code) => code !== 'en');

describe.each(others)('%s', (code) => {
  const own = words(code);

  it('has the keys of English, no more and no less', () => {
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('has the same placeholders in each sentence', () => {
    for (const [key, text] of english) {
      expect([key, placeholders(own.get(key) ?? '')]).toEqual([key, placeholders(text)]);
    }
  });

  it('is translated', () => {
    const left = [...english].filter(
      ([key, text]) =>
        own.get(key) === text &&
        !SAME_WORDS.has(text) &&
        /[a-z]{3}/i.test(text.replace(/\{\{\w+\}\}/g, '')),
    );
    expect(left).toEqual([]);
  });
});

test('every code has its sentence', () => {
  const needed = [
    ...[
      ...HTTP_ERROR_CODES,
      ...MACHINE_ERRORS,
      ...MEMBER_ERRORS,
      'database.in_use',
      'database.closing',
    ].map((code) => `errors.${code}`),
    ...MACHINE_STATUSES.map((status) => `status.${status}`),
    ...LAB_EVENT_KINDS.map((kind) => `event.${kind}`),
    ...REFUSAL_REASONS.map((reason) => `refusal.${reason}`),
  ];
  expect(needed.filter((key) => !english.has(key))).toEqual([]);
});

/** Keys that are put together in the code are declared beside it: `i18n-keys: status.* units.*`. */
test('no sentence is left that nobody reads', () => {
  const folder = join(ROOT, 'apps/web/src');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:ts|html)$/.test(file) && !file.endsWith('.spec.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  const computed = [...sources.matchAll(/i18n-keys:([^\n]*)/g)]
    .flatMap(([, keys]) => (keys ?? '').split(/\s+/))
    .filter((key) => key.endsWith('.*'))
    .map((key) => key.slice(0, -1));
  const unused = [...english.keys()].filter((key) => {
    const counted = key.replace(/\.(?:one|other)$/, '');
    const isWritten = [key, counted].some(
      (each) => sources.includes(`'${each}'`) || sources.includes(`"${each}"`),
    );
    const isListed = new RegExp(`i18n-keys:[^\\n]*\\b${key.replace(/\./g, '\\.')}\\b`).test(
      sources,
    );
    return (
      !isWritten &&
      !isListed &&
      !key.startsWith('errors.') &&
      !computed.some((start) => key.startsWith(start))
    );
  });
  expect(unused).toEqual([]);
});
