import { StartError } from '../start-error';
import { keyFacts } from './settings-keys';
import type { SettingsKey } from './settings.schema';

/** Everything that is wrong with the settings, in one error: one line for each problem. */
export class SettingsError extends StartError {
  constructor(readonly problems: readonly string[]) {
    super(
      problems.length === 1
        ? `The settings have a mistake:\n  ${problems[0]}`
        : `The settings have ${problems.length} mistakes:\n${problems.map((line) => `  ${line}`).join('\n')}`,
    );
    this.name = 'SettingsError';
  }
}

/** 'conf/settings.toml: MQTT.port is "abc", expected a whole number from 1 to 65535' */
export function badValue(where: string, key: SettingsKey, found: unknown): string {
  const { expected, isSecret } = keyFacts(key.schema);
  const shown = isSecret && found !== '' ? 'not usable' : show(found);
  return `${where}: ${key.path} is ${shown}, expected ${expected}`;
}

/** '; did you mean "port"?', or '' when nothing known is near. */
export function didYouMean(nearest: string | null | undefined): string {
  return nearest === undefined || nearest === null ? '' : `; did you mean "${nearest}"?`;
}

/** The member of `known` with the fewest edits to `found`; undefined when more than half differ. */
export function nearestOf(found: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((name) => ({ name, distance: editDistance(found.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(found.length, best.name.length) / 2
    ? best.name
    : undefined;
}

/** Levenshtein: how many letters to insert, delete or replace. 'prot' and 'port' -> 2. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const deleted = (previous[column] ?? 0) + 1;
      const inserted = (current[column - 1] ?? 0) + 1;
      current.push(Math.min(replaced, deleted, inserted));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

const MAX_SHOWN_LENGTH = 60;

function show(found: unknown): string {
  if (found instanceof Date) return 'a date';
  if (typeof found === 'number' || typeof found === 'bigint') return String(found);
  const shown = JSON.stringify(found) ?? String(found);
  return shown.length > MAX_SHOWN_LENGTH ? `${shown.slice(0, MAX_SHOWN_LENGTH)}...` : shown;
}
