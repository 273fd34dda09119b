import { DestroyRef, DOCUMENT, inject, Injectable, type Signal } from '@angular/core';
import type { CanDeactivateFn } from '@angular/router';
import { Words } from '../../language/words';
import { Dialogs } from '../dialog/dialogs';

/** Keeps what was typed from being lost: asks before the page is left, and before the tab is closed. */
@Injectable({ providedIn: 'root' })
export class UnsavedChanges {
  private readonly dialogs = inject(Dialogs);
  private readonly words = inject(Words);
  /** The forms on the page: whether each holds changes. */
  private readonly forms = new Set<Signal<boolean>>();

  constructor() {
    inject(DOCUMENT).defaultView?.addEventListener('beforeunload', (event) => {
      if (this.hasAny()) event.preventDefault();
    });
  }

  /** Watches a form until `destroyRef` goes. */
  watch(isDirty: Signal<boolean>, destroyRef: DestroyRef): void {
    this.forms.add(isDirty);
    destroyRef.onDestroy(() => this.forms.delete(isDirty));
  }

  /** True when nothing would be lost, or the reader does not mind. */
  async mayLeave(): Promise<boolean> {
    if (!this.hasAny()) return true;
    return this.dialogs.confirm({
      title: this.words.say('form.leave_title'),
      text: this.words.say('form.leave_text'),
      action: this.words.say('form.leave'),
      cancel: this.words.say('form.stay'),
      isDanger: true,
    });
  }

  private hasAny(): boolean {
    return [...this.forms].some((isDirty) => isDirty());
  }
}

/** For every route whose page holds a form. */
export const unsavedGuard: CanDeactivateFn<unknown> = () => inject(UnsavedChanges).mayLeave();
