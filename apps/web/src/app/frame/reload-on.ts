import { effect, type Signal, untracked } from '@angular/core';

/**
 * Loads again whenever `key` changes from one value to another; null: not known yet. Call it where
 * `inject` may be called.
 */
export function reloadOn(key: Signal<string | null>, parts: readonly { reload(): void }[]): void {
  let before: string | null = null;
  effect(() => {
    const now = key();
    const isChanged = before !== null && now !== null && now !== before;
    before = now ?? before;
    if (isChanged) untracked(() => parts.forEach((part) => part.reload()));
  });
}
