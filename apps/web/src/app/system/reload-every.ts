import { DestroyRef, DOCUMENT, inject } from '@angular/core';

/**
 * Loads again every so many seconds while the page can be seen, and at once when it is seen again.
 * Call it where `inject` may be called.
 */
export function reloadEvery(
  seconds: number,
  reload: () => void,
  isWanted: () => boolean = () => true,
): void {
  const document = inject(DOCUMENT);
  const onTime = () => {
    if (!document.hidden && isWanted()) reload();
  };
  const timer = setInterval(onTime, seconds * 1000);
  document.addEventListener('visibilitychange', onTime);
  inject(DestroyRef).onDestroy(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', onTime);
  });
}
