import {
  DestroyRef,
  DOCUMENT,
  effect,
  inject,
  Injectable,
  Injector,
  type Signal,
} from '@angular/core';
import type { LiveState } from '../live/live-state';

/** Keeps a screen awake, and its page as new as the server. */
@Injectable()
export class ScreenKeeper {
  private readonly document = inject(DOCUMENT);
  private readonly destroyRef = inject(DestroyRef);
  private readonly injector = inject(Injector);
  private wasLost = false;

  keep(state: Signal<LiveState>): void {
    const wake = () => void this.stayAwake();
    wake();
    // The browser lets the screen sleep once the page was hidden.
    this.document.addEventListener('visibilitychange', wake);
    this.destroyRef.onDestroy(() => this.document.removeEventListener('visibilitychange', wake));
    effect(
      () => {
        const { kind } = state();
        if (kind === 'live' && this.wasLost) void this.reloadWhenUpdated();
        this.wasLost = kind === 'stale';
      },
      { injector: this.injector },
    );
  }

  private async stayAwake(): Promise<void> {
    if (this.document.hidden) return;
    try {
      await navigator.wakeLock?.request('screen');
    } catch {
      // NotAllowedError: the battery is low or the browser forbids it; the screen then may sleep.
    }
  }

  /** After an update of the server a page that stays open for weeks would be an old one. */
  private async reloadWhenUpdated(): Promise<void> {
    try {
      const response = await fetch('/', { cache: 'no-store' });
      const page = response.ok ? await response.text() : '';
      const mine = this.document.querySelector<HTMLScriptElement>('script[src^="main-"]');
      const name = mine?.getAttribute('src');
      if (name && page.includes('main-') && !page.includes(name)) this.document.location.reload();
    } catch {
      // TypeError: gone again. The next return looks again.
    }
  }
}
