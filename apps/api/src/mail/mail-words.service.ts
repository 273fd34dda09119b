import {
  isLanguageCode,
  LANGUAGES,
  type LanguageCode,
  loadWords,
  type WordKey,
} from '@fabomatic/i18n';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { SETTINGS, type Settings } from '../settings/settings.module';

type Tree = { readonly [key: string]: string | Tree };

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

  say(
    language: LanguageCode,
    key: WordKey,
    params: Readonly<Record<string, string | number>> = {},
  ): string {
    let found: string | Tree | undefined = this.words.get(language);
    for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
    if (typeof found !== 'string') throw new Error(`no words for ${key} in ${language}`);
    return found.replace(/{{\s*(\w+)\s*}}/g, (_, name: string) => String(params[name] ?? ''));
  }
}
