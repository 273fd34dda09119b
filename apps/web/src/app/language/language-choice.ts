import { inject, Injectable, signal } from '@angular/core';
import { isLanguageCode, type LanguageCode, matchLanguage } from '@fabomatic/i18n';
import { TranslateService } from '@ngx-translate/core';
import { firstValueFrom } from 'rxjs';
import { readStored, writeStored } from '../frame/browser-storage';

/** `public/theme-at-start.js` reads it too. */
const KEY = 'fabomatic.language';

/** The reader's language: the chosen one, else the first of the browser's that we speak. */
@Injectable({ providedIn: 'root' })
export class LanguageChoice {
  private readonly translate = inject(TranslateService);
  private readonly chosen = signal<LanguageCode>('en');

  /** Changes once the words of the new language are there. */
  readonly current = this.chosen.asReadonly();

  /** Before the first page is shown. */
  start(): Promise<void> {
    const stored = readStored(KEY);
    return this.load(isLanguageCode(stored) ? stored : matchLanguage(navigator.languages));
  }

  /** Until the page is loaded anew; for a screen on which nobody chooses. */
  async show(code: string): Promise<void> {
    if (isLanguageCode(code) && code !== this.chosen()) await this.load(code);
  }

  /** The language of the member's account, where nobody has chosen one in this browser. */
  async follow(code: LanguageCode): Promise<void> {
    if (readStored(KEY) === null) await this.show(code);
  }

  async choose(code: LanguageCode): Promise<void> {
    await this.load(code);
    writeStored(KEY, code);
  }

  private async load(code: LanguageCode): Promise<void> {
    await firstValueFrom(this.translate.use(code));
    document.documentElement.lang = code;
    this.chosen.set(code);
  }
}
