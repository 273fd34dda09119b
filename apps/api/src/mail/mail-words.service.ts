import {
  type CountedKey,
  isLanguageCode,
  LANGUAGES,
  type LanguageCode,
  loadWords,
  type WordKey,
} from '@fabomatic/i18n';
import { SECONDS_PER_HOUR } from '@fabomatic/kernel';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { SETTINGS, type Settings } from '../settings/settings.module';

type Tree = { readonly [key: string]: string | Tree };
type Params = Readonly<Record<string, string | number>>;

/** The words of mails, in the language of whoever reads them. */
@Injectable()
export class MailWords implements OnModuleInit {
  private readonly words = new Map<LanguageCode, Tree>();

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  async onModuleInit(): Promise<void> {
    for (const { code } of LANGUAGES) this.words.set(code, await loadWords(code));
  }

  /** A member's own choice, else the lab's language. */
  languageFor(chosen: string | null): LanguageCode {
    return isLanguageCode(chosen) ? chosen : this.settings.lab.language;
  }

  say(language: LanguageCode, key: WordKey, params: Params = {}): string {
    let found: string | Tree | undefined = this.words.get(language);
    for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
    if (typeof found !== 'string') throw new Error(`no words for ${key} in ${language}`);
    return found.replace(/{{\s*(\w+)\s*}}/g, (_, name: string) => String(params[name] ?? ''));
  }

  /** The `one` or `other` sentence for `n`, which is also the placeholder `{{n}}`. */
  count(language: LanguageCode, key: CountedKey, n: number, params: Params = {}): string {
    const form = new Intl.PluralRules(language).select(n) === 'one' ? 'one' : 'other';
    return this.say(language, `${key}.${form}` as WordKey, { n, ...params });
  }

  /** 45 000 s -> '12.5 h', which does not break over lines. */
  hours(language: LanguageCode, seconds: number): string {
    const format = new Intl.NumberFormat(localeOf(language), {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    });
    return `${format.format(seconds / SECONDS_PER_HOUR)}\u00a0${this.say(language, 'units.h')}`;
  }

  /** 'Monday 16 November', by the lab's calendar. */
  day(language: LanguageCode, epochS: number): string {
    return this.date(language, epochS, { weekday: 'long', day: 'numeric', month: 'long' });
  }

  /** 'Mon 16 Nov, 14:18', by the lab's clock. */
  time(language: LanguageCode, epochS: number): string {
    return this.date(language, epochS, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  }

  /** '16–22 November 2026': both days belong to it. */
  days(language: LanguageCode, firstS: number, lastS: number): string {
    const options = { day: 'numeric', month: 'long', year: 'numeric' } as const;
    const { timezone } = this.settings.lab;
    const format = new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: timezone });
    return format.formatRange(new Date(firstS * 1000), new Date(lastS * 1000));
  }

  private date(
    language: LanguageCode,
    epochS: number,
    options: Intl.DateTimeFormatOptions,
  ): string {
    const { timezone } = this.settings.lab;
    const format = new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: timezone });
    return heldTogether(format.format(new Date(epochS * 1000)));
  }
}

/** A number and its month stay on one line: '16 November', '21. November'. */
function heldTogether(date: string): string {
  return date.replace(/(\d\.?) /g, '$1\u00a0');
}

/** Most labs that read English are not in America. */
function localeOf(language: LanguageCode): string {
  return language === 'en' ? 'en-GB' : language;
}
