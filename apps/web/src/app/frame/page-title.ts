import { effect, inject, Injectable, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { type RouterStateSnapshot, TitleStrategy } from '@angular/router';
import type { WordKey } from '@fabomatic/i18n';
import { Words } from '../language/words';

/** Takes a route's `title`, a key of libs/i18n, to the browser and to the phone's top bar. */
@Injectable({ providedIn: 'root' })
export class PageTitle extends TitleStrategy {
  private readonly words = inject(Words);
  private readonly title = inject(Title);
  private readonly key = signal<WordKey | null>(null);

  constructor() {
    super();
    effect(() => {
      const page = this.text();
      const app = this.words.say('app.name');
      this.title.setTitle(page === '' ? app : `${page} · ${app}`);
    });
  }

  /** In the reader's language; empty before the first page. */
  text(): string {
    const key = this.key();
    return key === null ? '' : this.words.say(key);
  }

  override updateTitle(state: RouterStateSnapshot): void {
    this.key.set((this.buildTitle(state) ?? null) as WordKey | null);
  }
}
