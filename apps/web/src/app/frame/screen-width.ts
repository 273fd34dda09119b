import { DestroyRef, DOCUMENT, inject, Injectable, signal } from '@angular/core';

/** Where the bottom bar replaces the navigation and tables become rows; as in the style sheets. */
const PHONE = '(max-width: 840px)';

@Injectable({ providedIn: 'root' })
export class ScreenWidth {
  private readonly query = inject(DOCUMENT).defaultView?.matchMedia?.(PHONE);
  private readonly narrow = signal(this.query?.matches ?? false);
  readonly isPhone = this.narrow.asReadonly();

  constructor() {
    const { query } = this;
    if (!query) return; // no window: a test
    const follow = () => this.narrow.set(query.matches);
    query.addEventListener('change', follow);
    inject(DestroyRef).onDestroy(() => query.removeEventListener('change', follow));
  }
}
