import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SETTINGS_LEFT_OUT } from '@fabomatic/system';
import { parse, stringify, TomlError } from 'smol-toml';
import {
  checkSettingsValue,
  type SettingsKeyInfo,
  settingsKeys,
} from '../settings/settings-file.service';
import type { Settings } from '../settings/settings.module';
import { StartError, systemErrorCode } from '../start-error';

type WhyLeftOut = (typeof SETTINGS_LEFT_OUT)[number];

/** Keys of the original that are not taken over, and why. */
const LEFT_OUT: Readonly<Record<string, WhyLeftOut>> = {
  'database.url': 'own_database',
  'web.secret_key': 'own_secret',
};

/** What comes of the original's settings file. */
export interface SettingsTakeover {
  /** Text of our settings file. */
  readonly toml: string;
  /** 'MQTT.port = 1883' for what is taken; without values of secrets. */
  readonly taken: readonly string[];
  readonly leftOut: readonly { readonly key: string; readonly why: WhyLeftOut }[];
}

/** Reads the original's `settings.toml` and takes over what this program knows and believes. */
export function takeOverSettings(path: string): SettingsTakeover {
  return takeOverToml(readText(path), path);
}

/** The same for a text that was uploaded; `name` is what a refusal calls it. */
export function takeOverToml(text: string, name: string): SettingsTakeover {
  const file = parseToml(text, name);
  const keys = new Map(settingsKeys().map((key) => [key.path, key]));
  const taken: string[] = [];
  const leftOut: { key: string; why: WhyLeftOut }[] = [];
  const kept: Record<string, Record<string, unknown>> = {};
  for (const [section, values] of Object.entries(file)) {
    for (const [name, value] of Object.entries(isTable(values) ? values : {})) {
      const key = keys.get(`${section}.${name}`);
      const why = refusal(`${section}.${name}`, key, value);
      if (why !== null) leftOut.push({ key: `${section}.${name}`, why });
      if (why !== null || key === undefined) continue;
      (kept[section] ??= {})[name] = value;
      taken.push(`${key.path}${key.isSecret ? '' : ` = ${JSON.stringify(value)}`}`);
    }
  }
  return { toml: `# Taken over from FabOMatic.\n${stringify(kept)}\n`, taken, leftOut };
}

function refusal(
  path: string,
  key: SettingsKeyInfo | undefined,
  value: unknown,
): WhyLeftOut | null {
  const wanted = LEFT_OUT[path];
  if (wanted !== undefined) return wanted;
  if (key === undefined) return 'unknown';
  return checkSettingsValue(key.path, value) ? null : 'refused';
}

function parseToml(text: string, name: string): Readonly<Record<string, unknown>> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new StartError(`${name} is no settings file: line ${error.line} cannot be read.`);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // No such file, or not ours to read.
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    throw new StartError(`${path} cannot be read (${code}).`, { cause: error });
  }
}

/** Writes them where there are none yet. The path; null when a file is there already and stays. */
export function storeTakeover(takeover: SettingsTakeover, settings: Settings): string | null {
  const path = join(settings.data.folder, 'settings.toml');
  if (settings.source !== null) return null;
  try {
    // Secrets are in it.
    writeFileSync(path, takeover.toml, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
    return null;
  }
  return path;
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
