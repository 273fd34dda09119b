import { computed, inject, type Signal, signal, type WritableSignal } from '@angular/core';
import type { WordKey } from '@fabomatic/i18n';
import { SecondFactorCode } from '@fabomatic/members';
import { Words } from '../language/words';
import { type ApiError, apiError } from './api-error';

/** The code of an authenticator app, or a recovery code, while it is typed and sent. */
export interface CodeEntry {
  readonly code: WritableSignal<string>;
  readonly isBusy: Signal<boolean>;
  /** What is wrong with it, in words; '' while nothing is. */
  readonly problem: Signal<string>;
  submit(event: Event): Promise<void>;
  clear(): void;
}

/** `missing` is said of what is no code; `send` refuses with the error of the API. */
export function codeEntry(missing: WordKey, send: (code: string) => Promise<void>): CodeEntry {
  const words = inject(Words);
  const code = signal('');
  const isBusy = signal(false);
  const isTried = signal(false);
  const error = signal<ApiError | null>(null);
  const parsed = computed(() => SecondFactorCode.safeParse(code()));
  const problem = computed(() => {
    if (isTried() && !parsed().success) return words.say(missing);
    return words.refusal(error(), 'code') || words.refusal(error());
  });

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    isTried.set(true);
    const { data } = parsed();
    if (isBusy() || data === undefined) return;
    isBusy.set(true);
    error.set(null);
    try {
      await send(data);
    } catch (refused) {
      error.set(apiError(refused)); // a wrong code, or no answer
    } finally {
      isBusy.set(false);
    }
  }

  function clear(): void {
    code.set('');
    error.set(null);
    isTried.set(false);
  }

  return { code, isBusy, problem, submit, clear };
}
