import { keyKind } from './settings-keys';
import { badValue, didYouMean, nearestOf } from './settings-problems';
import { SETTINGS_KEYS, type SettingsKey } from './settings.schema';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables of ours that are no key of the settings: name -> what it does. */
export const OTHER_VARIABLES = {
  FABOMATIC_SETTINGS: 'The settings file to read instead of the usual one.',
  FABOMATIC_DATA_DIR: 'The data folder to use, whatever data.folder says.',
} as const;

const keyOfVariable = new Map(SETTINGS_KEYS.map((key) => [key.variable, key]));

/** Names that begin with FABOMATIC_ and mean nothing: a misspelt override must not be ignored. */
export function unknownVariables(environment: Environment): string[] {
  const known = [...keyOfVariable.keys(), ...Object.keys(OTHER_VARIABLES)];
  return Object.keys(environment)
    .filter((name) => name.startsWith('FABOMATIC_') && !known.includes(name))
    .map((name) => `environment: ${name} is unknown${didYouMean(nearestOf(name, known))}`);
}

/** The override of `key`: its value, or the problem with it; undefined when there is none. */
export function overrideOf(
  key: SettingsKey,
  environment: Environment,
): { value: unknown } | { problem: string } | undefined {
  const found = environment[key.variable];
  if (found === undefined) return undefined;
  const parsed = key.schema.safeParse(literalOf(key, found));
  return parsed.success
    ? { value: parsed.data }
    : { problem: badValue(`environment ${key.variable}`, key, found) };
}

/** '23336' -> 23336 for a number, 'true' -> true for a flag; anything else stays a text. */
function literalOf(key: SettingsKey, found: string): unknown {
  const kind = keyKind(key.schema);
  if (kind === 'number' && /^-?\d+$/.test(found)) return Number(found);
  if (kind === 'boolean' && (found === 'true' || found === 'false')) return found === 'true';
  return found;
}
