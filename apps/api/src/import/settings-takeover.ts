import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify, TomlError } from 'smol-toml';
import {
  checkSettingsValue,
  type SettingsKeyInfo,
  settingsKeys,
} from '../settings/settings-file.service';
import type { Settings } from '../settings/settings.module';
import { StartError, systemErrorCode } from '../start-error';

/** Keys of the original that are not taken over, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'database.url': 'the imported lab lies in a database of its own',
  'web.secret_key': 'sessions begin anew, with a key that nobody knows',
};

/** What comes of the original's settings file. */
export interface SettingsTakeover {
  /** Text of our settings file. */
  readonly toml: string;
  /** 'MQTT.port = 1883' for what is taken; without values of secrets. */
  readonly taken: readonly string[];
  /** 'web.secret_key: sessions begin anew ...' */
  readonly leftOut: readonly string[];
}

/** Reads the original's `settings.toml` and takes over what this program knows and believes. */
export function takeOverSettings(path: string): SettingsTakeover {
  return takeOverToml(readText(path), path);
}

/** The same for a text that was uploaded; `name` is what a refusal calls it. */
export function takeOverToml(text: string, name: string): SettingsTakeover {
  const file = parseToml(text, name);
  const keys = new Map(settingsKeys().map((key) => [key.path, key]));
  const [taken, leftOut]: [string[], string[]] = [[], []];
  const kept: Record<string, Record<string, unknown>> = {};
  for (const [section, values] of Object.entries(file)) {
    for (const [name, value] of Object.entries(isTable(values) ? values : {})) {
      const key = keys.get(`${section}.${name}`);
      const why = refusal(`${section}.${name}`, key, value);
      if (why !== null || key === undefined) {
        leftOut.push(`${section}.${name}: ${why ?? ''}`);
        continue;
      }
      (kept[section] ??= {})[name] = value;
      taken.push(`${key.path}${key.isSecret ? '' : ` = ${JSON.stringify(value)}`}`);
    }
  }
  return { toml: `# Taken over from FabOMatic.\n${stringify(kept)}\n`, taken, leftOut };
}

function refusal(path: string, key: SettingsKeyInfo | undefined, value: unknown): string | null {
  const wanted = LEFT_OUT[path];
  if (wanted !== undefined) return wanted;
  if (key === undefined) return 'this program has no such setting';
  return checkSettingsValue(key.path, value) ? null : `expected ${key.expected}`;
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
