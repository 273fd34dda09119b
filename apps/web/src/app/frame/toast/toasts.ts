import { Injectable, signal } from '@angular/core';

export interface Toast {
  text: string;
  /** Takes back what was done. */
  undo?: () => void;
}

/** Long enough to be read; longer where there is something to press. */
const SHOWN_MS = 6_000;
const SHOWN_WITH_UNDO_MS = 12_000;

/** Short messages about what was just done, one at a time: the new one takes the old one's place. */
@Injectable({ providedIn: 'root' })
export class Toasts {
  private readonly shown = signal<Toast | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;
  readonly current = this.shown.asReadonly();

  show(text: string, undo?: () => void): void {
    this.shown.set({ text, undo });
    this.goOn();
  }

  dismiss(): void {
    this.hold();
    this.shown.set(null);
  }

  /** While the pointer or the focus is on it, it stays. */
  hold(): void {
    clearTimeout(this.timer);
  }

  goOn(): void {
    this.hold();
    const stayMs = this.shown()?.undo ? SHOWN_WITH_UNDO_MS : SHOWN_MS;
    this.timer = setTimeout(() => this.shown.set(null), stayMs);
  }
}
