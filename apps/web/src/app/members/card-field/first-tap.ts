import { linkedSignal, type Signal } from '@angular/core';
import type { UnrecognizedCardView } from '@fabomatic/members';

/**
 * The first card that was tapped: it fills the field and stays there, whoever taps after it at
 * another machine of a busy lab.
 */
export function firstTap(tapped: Signal<UnrecognizedCardView | null>): Signal<string | undefined> {
  return linkedSignal<UnrecognizedCardView | null, string | undefined>({
    source: tapped,
    computation: (tap, previous) => previous?.value ?? tap?.uid,
  }).asReadonly();
}
