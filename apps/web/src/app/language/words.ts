import { inject, Injectable } from '@angular/core';
import type { CountedKey, WordKey } from '@fabomatic/i18n';
import { TranslateService } from '@ngx-translate/core';
import type { ApiError } from '../auth/api-error';
import { LanguageChoice } from './language-choice';

export type WordParams = Readonly<Record<string, string | number>>;

/** Words for code: in a template or a `computed` it follows the language like the pipe does. */
@Injectable({ providedIn: 'root' })
export class Words {
  private readonly translate = inject(TranslateService);
  private readonly language = inject(LanguageChoice).current;

  say(key: WordKey, params: WordParams = {}): string {
    this.language(); // the reader's language is what the answer depends on
    return String(this.translate.instant(key, params));
  }

  /** The `one` or `other` sentence for `n`, which is also the placeholder `{{n}}`. */
  count(key: CountedKey, n: number, params: WordParams = {}): string {
    const form = new Intl.PluralRules(this.language()).select(n) === 'one' ? 'one' : 'other';
    return this.say(`${key}.${form}` as WordKey, { n, ...params });
  }

  /** The sentence of an error code of the API; an unknown code gets the general one. */
  error(code: string, params: WordParams = {}): string {
    const key = `errors.${code}`;
    const sentence = this.say(key as WordKey, params);
    return sentence === key ? this.say('errors.internal') : sentence;
  }

  /** What a refusal says about `field`, or about no field at all; empty: nothing. */
  refusal(error: ApiError | null, field?: string): string {
    if (error === null) return '';
    const code = field === undefined ? error.code : error.fields[field];
    const isAsked = field !== undefined || Object.keys(error.fields).length === 0;
    return isAsked && code !== undefined ? this.error(code, error.params) : '';
  }

  /** The sentence of a key that came from a schema or the API; an unknown one says 'not right'. */
  problem(key: string, params: WordParams = {}): string {
    const sentence = this.say(key as WordKey, params);
    return sentence === key ? this.say('errors.field.invalid') : sentence;
  }
}
