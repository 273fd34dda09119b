import { inject, Injectable, signal } from '@angular/core';
import { apiError } from '../../auth/api-error';
import { Words } from '../../language/words';
import { Toasts } from './toasts';

/** Says that something was done and offers to take it back. */
@Injectable({ providedIn: 'root' })
export class Undo {
  private readonly toasts = inject(Toasts);
  private readonly words = inject(Words);
  private readonly count = signal(0);
  /** Grows whenever something was taken back; every list on the page loads anew. */
  readonly taken = this.count.asReadonly();

  offer(text: string, takeBack: () => Promise<unknown>): void {
    this.toasts.show(text, () => void this.run(takeBack));
  }

  private async run(takeBack: () => Promise<unknown>): Promise<void> {
    try {
      await takeBack();
      this.toasts.show(this.words.say('toast.undone'));
    } catch (error) {
      const { code, params } = apiError(error); // what it was is taken by now, or nothing answers
      this.toasts.show(this.words.error(code, params));
    }
    this.count.update((count) => count + 1);
  }
}
