import { inject } from '@angular/core';
import type { CanDeactivateFn } from '@angular/router';
import { Dialogs } from '../../frame/dialog/dialogs';
import { Words } from '../../language/words';

/** A page that may be showing recovery codes, which are shown once. */
export interface CodesPage {
  /** True: there are codes, and nobody has said that they are kept. */
  wouldLoseCodes(): boolean;
}

/** Asks before codes are left that nobody has kept. */
export const keptCodesGuard: CanDeactivateFn<CodesPage> = (page) => {
  if (!page.wouldLoseCodes()) return true;
  const words = inject(Words);
  return inject(Dialogs).confirm({
    title: words.say('second_factor.leave_title'),
    text: words.say('second_factor.leave_text'),
    action: words.say('second_factor.leave'),
    cancel: words.say('second_factor.stay'),
    isDanger: true,
  });
};
