import { DestroyRef, DOCUMENT, inject, Injectable, signal } from '@angular/core';
import { fromIso, systemClock } from '@fabomatic/kernel';

const TICK_MS = 1000;

/**
 * The server's time, told once a second while the page can be seen. A tablet on the wall whose
 * clock is wrong would otherwise show machines as offline.
 */
@Injectable({ providedIn: 'root' })
export class LabClock {
  private readonly document = inject(DOCUMENT);
  private offsetS = 0;
  private readonly ticking = signal(systemClock.nowS());

  /** Epoch seconds. */
  readonly nowS = this.ticking.asReadonly();

  constructor() {
    const tick = () => {
      if (!this.document.hidden) this.ticking.set(this.readS());
    };
    const timer = setInterval(tick, TICK_MS);
    this.document.addEventListener('visibilitychange', tick);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(timer);
      this.document.removeEventListener('visibilitychange', tick);
    });
  }

  /** Takes the server's time from a message that has just arrived. */
  adjust(serverTime: string): void {
    this.offsetS = fromIso(serverTime) - systemClock.nowS();
    this.ticking.set(this.readS());
  }

  /** The time of this very moment; not reactive. */
  readS(): number {
    return systemClock.nowS() + this.offsetS;
  }
}
