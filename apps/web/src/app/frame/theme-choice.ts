import { DOCUMENT, effect, inject, Injectable, signal } from '@angular/core';
import { readStored, writeStored } from './browser-storage';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** `public/theme-at-start.js` reads it before the first paint. */
const KEY = 'fabomatic.theme';

function storedTheme(): Theme {
  const stored = readStored(KEY);
  return THEMES.find((theme) => theme === stored) ?? 'system';
}

/** Light, dark, or as the device has it; kept in this browser. */
@Injectable({ providedIn: 'root' })
export class ThemeChoice {
  private readonly document = inject(DOCUMENT);
  private readonly chosen = signal<Theme>(storedTheme());
  readonly current = this.chosen.asReadonly();

  constructor() {
    effect(() => {
      const theme = this.chosen();
      if (theme === 'system') delete this.document.documentElement.dataset['theme'];
      else this.document.documentElement.dataset['theme'] = theme;
    });
  }

  /** Until the page is loaded anew: what a screen on the wall has in its address. */
  show(theme: string | undefined): void {
    const known = THEMES.find((each) => each === theme);
    if (known) this.chosen.set(known);
  }

  choose(theme: Theme): void {
    this.chosen.set(theme);
    writeStored(KEY, theme === 'system' ? null : theme);
  }
}
