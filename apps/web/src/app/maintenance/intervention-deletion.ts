import { inject, Injectable } from '@angular/core';
import type { InterventionView } from '@fabomatic/maintenance';
import { Dialogs } from '../frame/dialog/dialogs';
import { Toasts } from '../frame/toast/toasts';
import { Undo } from '../frame/toast/undo';
import { Words } from '../language/words';
import { interventionsApi } from './maintenance-api';

/** Asks, deletes, and offers to take it back: from the list and from the form alike. */
@Injectable({ providedIn: 'root' })
export class InterventionDeletion {
  private readonly api = interventionsApi();
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly undo = inject(Undo);
  private readonly words = inject(Words);

  /** True when it is gone. */
  async delete(intervention: InterventionView): Promise<boolean> {
    const { id, planId, planDescription, memberId, doneAt, note, replayed } = intervention;
    const isDone = await this.dialogs.danger({
      title: this.words.say('interventions.delete_title', { plan: planDescription }),
      text: this.words.say('interventions.delete_text'),
      action: this.words.say('dialog.delete'),
      run: () => this.api.remove(id),
    });
    if (!isDone) return false;
    const text = this.words.say('toast.deleted', { name: planDescription });
    // What a board sent later, and what nobody known did, cannot be written down the same by hand.
    if (replayed || memberId === null) this.toasts.show(text);
    else this.undo.offer(text, () => this.api.create({ planId, memberId, doneAt, note }));
    return true;
  }
}
