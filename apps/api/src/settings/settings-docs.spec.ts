import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { findRootFolder } from '../root-folder';
import { keyFacts } from './settings-keys';
import { exampleToml, settingsPage } from './settings-docs';
import { SETTINGS_KEYS, SettingsFile } from './settings.schema';

const read = (path: string) => readFileSync(join(findRootFolder(), path), 'utf8');

/** Said by a failing test: how to bring the files up to date. */
const REMEDY = 'run: node tools/bootstrap/settings-docs.mjs';

it('the example file and the manual page are up to date', () => {
  expect({ REMEDY, text: read('conf/settings.example.toml') }).toEqual({
    REMEDY,
    text: exampleToml(),
  });
  expect({ REMEDY, text: read('docs/settings.md') }).toEqual({ REMEDY, text: settingsPage() });
});

it('the example file has every key, each with its default', () => {
  const example = SettingsFile.required().parse(parse(read('conf/settings.example.toml')));
  const expected: Record<string, Record<string, unknown>> = {};
  for (const { section, name, defaultValue } of SETTINGS_KEYS) {
    (expected[section] ??= {})[name] = defaultValue;
  }
  expect(example).toEqual(expected);
  for (const { name } of SETTINGS_KEYS) {
    expect(read('conf/settings.example.toml')).toContain(`\n${name} = `);
  }
});

it('every key has words in the portal, and the English ones are those of the manual', () => {
  const { settings } = JSON.parse(read('libs/i18n/src/en.json')) as {
    settings: {
      section: Record<string, string>;
      key: Record<string, Record<string, { label: string; text: string }>>;
    };
  };
  for (const { section, name, schema } of SETTINGS_KEYS) {
    const words = settings.key[section]?.[name];
    expect({ section, name, text: words?.text }).toEqual({
      section,
      name,
      text: keyFacts(schema).description,
    });
    expect(words?.label).toMatch(/\S/);
    expect(settings.section[section]).toMatch(/\S/);
  }
  const named = Object.entries(settings.key).flatMap(([section, names]) =>
    Object.keys(names).map((name) => `${section}.${name}`),
  );
  expect(named.sort()).toEqual(SETTINGS_KEYS.map(({ path }) => path).sort());
});
