import {
  BOARD_ERRORS,
  BoardAccountView,
  BoardView,
  FIRMWARE_ERRORS,
  FirmwareImageView,
  FirmwareRolloutView,
} from '@fabomatic/boards';
import { FIELD_ERROR_CODES } from '@fabomatic/kernel';
import {
  LAB_EVENT_KINDS,
  MACHINE_ERRORS,
  MACHINE_STATUSES,
  MachineTypeView,
  REFUSAL_REASONS,
} from '@fabomatic/machines';
import { InterventionView, MAINTENANCE_ERRORS, MaintenancePlanView } from '@fabomatic/maintenance';
import {
  ApiKeyView,
  AuthorizationView,
  MEMBER_ERRORS,
  MEMBER_LANGUAGES,
  MemberView,
  RoleView,
} from '@fabomatic/members';
import {
  ACTOR_KINDS,
  AUDIT_BREAKS,
  AUDITED,
  auditedFields,
  SETTING_FORMATS,
  SYSTEM_ERRORS,
} from '@fabomatic/system';
import { USE_ERRORS, UseView } from '@fabomatic/uses';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, loadWords, matchLanguage } from './index';

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') flat.set(prefix + key, value);
    else for (const [path, text] of flatten(value, `${prefix}${key}.`)) flat.set(path, text);
  }
  return flat;
}

const placeholders = (text: string) =>
  [...text.matchAll(/{{\s*(\w+)\s*}}/g)].map(([, n]) => n).sort();
const wordsOf = async (code: (typeof LANGUAGES)[number]['code']) => flatten(await loadWords(code));
const others = LANGUAGES.filter(({ code }) => code !== 'en');

/** Codes that no domain owns: the HTTP layer's, the database's, and the browser's own `network`. */
const OTHER_ERRORS = [
  'request.invalid',
  'request.not_found',
  'request.malformed',
  'request.outdated',
  'request.other_site',
  'request.too_large',
  'request.too_many',
  'auth.required',
  'auth.forbidden',
  'database.in_use',
  'network',
  'internal',
  ...FIELD_ERROR_CODES,
];

/** One line each, so that a domain is added without touching the others. */
const ERROR_CODES = [
  ...BOARD_ERRORS,
  ...FIRMWARE_ERRORS,
  ...MACHINE_ERRORS,
  ...MAINTENANCE_ERRORS,
  ...MEMBER_ERRORS,
  ...SYSTEM_ERRORS,
  ...USE_ERRORS,
  ...OTHER_ERRORS,
];

/** Words that are the same in English and in the language: names, units, loan words. */
const SAME_AS_ENGLISH = JSON.parse(
  readFileSync(join(__dirname, '../fixtures/same-as-english.json'), 'utf8'),
) as Record<string, readonly string[]>;
const SAME_EVERYWHERE = ['app.name', 'units.h', 'units.min', 'units.s'];

describe.each(others)('$name', ({ code }) => {
  test('has the keys and placeholders of English', async () => {
    const [english, words] = [await wordsOf('en'), await wordsOf(code)];
    expect([...words.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, text] of words)
      expect([key, placeholders(text)]).toEqual([key, placeholders(english.get(key) ?? '')]);
  });

  test('is translated', async () => {
    const [english, words] = [await wordsOf('en'), await wordsOf(code)];
    const allowed = new Set([...SAME_EVERYWHERE, ...(SAME_AS_ENGLISH[code] ?? [])]);
    const isOnlyPlaceholders = (text: string) => /^\W*$/.test(text.replace(/{{\w+}}/g, ''));
    const same = [...words].filter(
      ([key, text]) => text === english.get(key) && !allowed.has(key) && !isOnlyPlaceholders(text),
    );
    expect(same).toEqual([]);
  });
});

test.each(LANGUAGES)('$name has no empty sentence', async ({ code }) => {
  for (const [key, text] of await wordsOf(code)) expect([key, text.trim()]).not.toEqual([key, '']);
});

/**
 * French sets a blank before `: ; ? ! »` and `%` and after `«`, and groups digits with one. A line
 * must not break there, so it is U+00A0, on pages and in mails alike.
 */
test('French marks hang on to the word before them', async () => {
  const canBreak = /[ \n](?=[:;?!»%])|«(?!\u00a0)|\d (?=\d{3}(?!\d))/;
  const marks = /\u00a0[:;?!»%]/;
  const words = [...(await wordsOf('fr'))];
  expect(words.filter(([, text]) => canBreak.test(text))).toEqual([]);
  expect(words.filter(([, text]) => marks.test(text)).length).toBeGreaterThan(100);
  expect(['Rien ?', '« lab »', '5 %', '10 000 lignes'].every((text) => canBreak.test(text))).toBe(
    true,
  );
});

/** A person and the lab have one word each, and each language speaks to its reader in one way. */
test.each([
  ['it', 'socio', /(?<!\p{L})membr[oi](?!\p{L})/iu],
  ['it', 'tu', /(?<!\p{L})(?:Lei|Suo|Sua|Suoi|Sue)(?!\p{L})/u],
  ['de', 'Lab', /Labor|Werkstatt/u],
  ['de', 'du', /(?:\p{Ll}[ei]n|tun|sind) Sie(?!\p{L})|Ihnen/u],
  ['fr', 'lab', /(?<!\p{L})(?:labo|laboratoire|atelier)s?(?!\p{L})/iu],
  ['fr', 'vous', /(?<!\p{L})(?:tu|toi|ton|tes)(?!\p{L})/iu],
  ['es', 'laboratorio', /(?<!\p{L})(?:lab|taller)(?!\p{L})/iu],
  ['es', 'tú', /(?<!\p{L})usted(?!\p{L})/iu],
] as const)('%s says %s everywhere', async (code, _word, other) => {
  const prose = (text: string) => text.replace(/{{\w+}}|\S+@\S+/g, '');
  const words = [...(await wordsOf(code))];
  expect(words.filter(([, text]) => other.test(prose(text)))).toEqual([]);
});

test('every error code, status, event and refusal has its words', async () => {
  const keys = [...(await wordsOf('en')).keys()];
  expect(keys).toEqual(
    expect.arrayContaining([
      ...ERROR_CODES.map((code) => `errors.${code}`),
      ...MACHINE_STATUSES.flatMap((status) => [`status.${status}`, `status_means.${status}`]),
      ...LAB_EVENT_KINDS.map((kind) => `event.${kind}`),
      ...REFUSAL_REASONS.map((reason) => `refusal.${reason}`),
    ]),
  );
});

test('[B20] everything that the audit trail records has its sentence', async () => {
  const keys = [...(await wordsOf('en')).keys()];
  const sentences = Object.entries(AUDITED).flatMap(([subject, actions]) =>
    actions.map((action) => `audit.did.${subject}.${action}`),
  );
  expect(keys.filter((key) => key.startsWith('audit.did.')).sort()).toEqual(sentences.sort());
  expect(keys).toEqual(
    expect.arrayContaining([
      ...Object.keys(AUDITED).map((subject) => `audit.record.${subject}`),
      ...ACTOR_KINDS.map((kind) => `audit.actor.${kind}`),
      ...AUDIT_BREAKS.map((how) => `audit.broken_${how}`),
    ]),
  );
});

test('[B20] every field of a record that is told of a change has a name', async () => {
  const keys = new Set((await wordsOf('en')).keys());
  const views = [ApiKeyView, AuthorizationView, BoardView, InterventionView, MachineTypeView];
  const ofBoards = [BoardAccountView, FirmwareImageView, FirmwareRolloutView];
  const ofPeople = [MaintenancePlanView, MemberView, RoleView, UseView];
  const shapes = [...views, ...ofBoards, ...ofPeople].map(({ shape }) =>
    Object.fromEntries(Object.keys(shape).map((name) => [name, 'x'])),
  );
  const told = shapes.flatMap((shape) => auditedFields(null, shape).map(({ field }) => field));
  expect(told).toEqual(expect.arrayContaining(['email', 'startedAt', 'timeoutMin', 'permissions']));
  expect(told.filter((field) => !keys.has(`audit.field_name.${field}`))).toEqual([]);
});

test('[60] what a setting has to be is said of every form of value', async () => {
  const prefix = 'settings.expected.';
  const said = [...(await wordsOf('en')).keys()].filter((key) => key.startsWith(prefix));
  expect(said.sort()).toEqual(SETTING_FORMATS.map((format) => prefix + format).sort());
});

test('members can choose every language', () => {
  expect(MEMBER_LANGUAGES).toEqual(LANGUAGES.map(({ code }) => code));
});

test('no error sentence is left over', async () => {
  const codes = ERROR_CODES.map((code) => `errors.${code}`);
  const sentences = [...(await wordsOf('en')).keys()].filter((key) => key.startsWith('errors.'));
  expect(sentences.sort()).toEqual(codes.sort());
});

/**
 * How the web app names its words: a key stands in quotes, in code and in templates alike. A key
 * that is put together (`status.${status}`) is announced beside it by a comment
 * `i18n-keys: status.*`, with one or more keys or prefixes. A counted key stands without its `one`
 * and `other`.
 */
describe('the words of the web app and of mails', () => {
  const root = join(__dirname, '../../../apps/web/src');
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|html)$/.test(file) && !file.endsWith('.spec.ts'))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
  const quoted = new Set(
    [...sources.matchAll(/['"`]([a-z_]+(?:\.[\w-]+)+)['"`]/g)].map(([, k]) => k),
  );
  /** The API puts words into files and mails, and announces them in the same way. */
  const api = join(__dirname, '../../../apps/api/src');
  const apiSources = readdirSync(api, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => readFileSync(join(api, file), 'utf8'))
    .join('\n');
  const announced = [
    ...(sources + apiSources).matchAll(/i18n-keys:((?: [a-z_][\w.*-]*)+)/g),
  ].flatMap(([, keys]) => (keys ?? '').trim().split(' '));

  // A mail is one group of words: its name stands in the code, what is in it is put together.
  const announcedInApi = [...apiSources.matchAll(/'(mails?\.[\w.-]+)'/g)].map(
    ([, key]) => key ?? '',
  );

  test('none is unused', async () => {
    const isUsed = (key: string) =>
      key.startsWith('errors.') ||
      quoted.has(key) ||
      quoted.has(key.replace(/\.(one|other)$/, '')) ||
      announcedInApi.some((each) => key === each || key.startsWith(`${each}.`)) ||
      announced.some(
        (each) => each === key || (each.endsWith('.*') && key.startsWith(each.slice(0, -1))),
      );
    expect([...(await wordsOf('en')).keys()].filter((key) => !isUsed(key))).toEqual([]);
  });

  test('none is missing', async () => {
    const keys = [...(await wordsOf('en')).keys()];
    const piped = [...sources.matchAll(/['"]([a-z_]+(?:\.[\w-]+)+)['"](?: \| translate|\))/g)];
    const said = [...sources.matchAll(/say\(\s*['"]([\w.-]+)['"]/g)];
    // Codes of errors and keys of settings look the same, and have their words below these.
    const places = ['', 'errors.', 'settings.key.'];
    const known = (key: string) =>
      places.some((place) =>
        keys.some((each) => each === `${place}${key}` || each.startsWith(`${place}${key}.`)),
      );
    const missing = [...piped, ...said, ...announced.map((each) => ['', each.replace(/\.\*$/, '')])]
      .map(([, key]) => key ?? '')
      .filter((key) => !known(key) && !/\.(html|css|json|svg|xlsx)$/.test(key));
    expect(missing).toEqual([]);
    expect(piped.length).toBeGreaterThan(40);
  });
});

test.each([
  [['de-CH', 'en'], 'de'],
  [['pt-BR', 'es-AR'], 'es'],
  [['pt'], 'en'],
  [[], 'en'],
])('a reader of %j gets %s', (preferred, code) => {
  expect(matchLanguage(preferred)).toBe(code);
});
