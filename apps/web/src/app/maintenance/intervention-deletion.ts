import { inject, Injectable } from '@angular/core';
import type { InterventionView } from '@fabomatic/maintenance';
import { Dialogs } from '../frame/dialog/dialogs';
import { Toasts } from '../frame/toast/toasts';
import { Words } from '../language/words';
import { interventionsApi } from './maintenance-api';

/** Asks, deletes, and says so: from the list and from the form alike. */
@Injectable({ providedIn: 'root' })
export class InterventionDeletion {
  private readonly api = interventionsApi();
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly words = inject(Words);

  /** True when it is gone. */
  async delete({ id, planDescription }: InterventionView): Promise<boolean> {
    const isDone = await this.dialogs.danger({
      title: this.words.say('interventions.delete_title', { plan: planDescription }),
      text: this.words.say('interventions.delete_text'),
      action: this.words.say('dialog.delete'),
      run: () => this.api.remove(id),
    });
    if (isDone) this.toasts.show(this.words.say('toast.deleted', { name: planDescription }));
    return isDone;
  }
}
