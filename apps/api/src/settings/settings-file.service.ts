import type { SettingFormat, SettingKind } from '@fabomatic/system';
import { type DatabaseLocation, locateDatabase, parseDatabaseUrl } from './database-url';
import { keyChoices, keyFacts, keyKind, keyLimits } from './settings-keys';
import { SETTINGS_KEYS } from './settings.schema';

/** What others may know of one key of the settings. */
export interface SettingsKeyInfo {
  /** 'MQTT.port' */
  readonly path: string;
  readonly section: string;
  readonly name: string;
  readonly kind: SettingKind;
  /** What a number counts. */
  readonly unit: 'days' | 'weeks' | 'minutes' | null;
  /** For a choice. */
  readonly choices: readonly string[];
  readonly description: string;
  /** The values that pass, in words. */
  readonly expected: string;
  readonly format: SettingFormat;
  /** The least number, or the fewest letters; null: no such limit. */
  readonly min: number | null;
  readonly max: number | null;
  readonly isSecret: boolean;
  readonly needsRestart: boolean;
  readonly defaultValue: unknown;
  /** The environment variable that wins over the file. */
  readonly variable: string;
}

/** All keys in the order of the file. */
export function settingsKeys(): SettingsKeyInfo[] {
  return SETTINGS_KEYS.map(({ path, section, name, schema, defaultValue, variable }) => {
    const facts = keyFacts(schema);
    const { description, expected, format, isSecret, control, unit } = facts;
    const { min, max } = keyLimits(schema);
    const choices = keyChoices(schema);
    const kind = choices.length > 0 ? ('choice' as const) : (control ?? keyKind(schema));
    return {
      path,
      section,
      name,
      kind,
      unit,
      choices,
      description,
      expected,
      format,
      min: min ?? facts.minLength,
      max,
      isSecret,
      needsRestart: facts.restart,
      defaultValue,
      variable,
    };
  });
}

export {
  type CheckedText,
  checkSettingsText,
  type Contradiction,
  type UnknownName,
} from './load-settings';
export { SettingsText, versionOf } from './settings-text';
export { withoutTomlKey, withTomlValue } from './toml-lines';

/** Where `database.url` points; null when it is no address of a database. */
export function databaseLocationOf(url: string, dataFolder: string): DatabaseLocation | null {
  return parseDatabaseUrl(url) === undefined ? null : locateDatabase(url, dataFolder);
}

/** Whether a value passes for the key; false for a key that is not known. */
export function checkSettingsValue(path: string, value: unknown): boolean {
  const key = SETTINGS_KEYS.find((each) => each.path === path);
  return key !== undefined && value !== undefined && key.schema.safeParse(value).success;
}
