import type { Words } from '@fabomatic/i18n';

export type ExportWords = Words;

// i18n-keys: exports.*
/** The words at a dotted path; the path itself when there are none. */
export function wordAt(words: Words, path: string): string {
  let found: unknown = words;
  for (const key of path.split('.')) {
    if (typeof found !== 'object' || found === null) return path;
    found = Reflect.get(found, key);
  }
  return typeof found === 'string' ? found : path;
}
