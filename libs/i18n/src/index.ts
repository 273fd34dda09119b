import type en from './en.json';

/** Languages of the product, in the order in which menus show them, each with its own name. */
export const LANGUAGES = [
  { code: 'en', name: 'English' },
  { code: 'it', name: 'Italiano' },
  { code: 'de', name: 'Deutsch' },
  { code: 'fr', name: 'Français' },
  { code: 'es', name: 'Español' },
] as const;

/** ISO 639-1 code of one of {@link LANGUAGES}. */
export type LanguageCode = (typeof LANGUAGES)[number]['code'];

/** What a reader gets who asked for none of {@link LANGUAGES}. */
export const DEFAULT_LANGUAGE: LanguageCode = 'en';

/** All words of one language: nested, placeholders as `{{name}}`. English defines the shape. */
export type Words = typeof en;

type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}`;
}[keyof T & string];

/** Dotted path to one sentence: `'dashboard.today.one'`. */
export type WordKey = Leaves<Words>;

type Counted<T> = {
  [K in keyof T & string]: T[K] extends { one: string; other: string }
    ? K
    : T[K] extends string
      ? never
      : `${K}.${Counted<T[K]>}`;
}[keyof T & string];

/** A key whose sentence depends on a number: it holds `one` and `other`. */
export type CountedKey = Counted<Words>;

/** Fetches the words of one language; a bundler makes one file of each, so only one is downloaded. */
export async function loadWords(code: LanguageCode): Promise<Words> {
  switch (code) {
    case 'en':
      return (await import('./en.json')).default;
    case 'it':
      return (await import('./it.json')).default;
    case 'de':
      return (await import('./de.json')).default;
    case 'fr':
      return (await import('./fr.json')).default;
    case 'es':
      return (await import('./es.json')).default;
  }
}

/** True for a code of {@link LANGUAGES}. */
export function isLanguageCode(code: unknown): code is LanguageCode {
  return LANGUAGES.some((language) => language.code === code);
}

/**
 * The first of a reader's languages (BCP 47, best first) that the product speaks.
 * Worked row: ['de-CH', 'en'] -> 'de'; ['pt'] -> 'en'.
 */
export function matchLanguage(preferred: readonly string[]): LanguageCode {
  for (const tag of preferred) {
    const code = tag.toLowerCase().split('-')[0];
    if (isLanguageCode(code)) return code;
  }
  return DEFAULT_LANGUAGE;
}
