import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { findRootFolder } from '../root-folder';
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
