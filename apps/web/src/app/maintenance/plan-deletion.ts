import { inject, Injectable } from '@angular/core';
import type { MaintenancePlanView } from '@fabomatic/maintenance';
import { apiError } from '../auth/api-error';
import { Dialogs } from '../frame/dialog/dialogs';
import { Toasts } from '../frame/toast/toasts';
import { Words } from '../language/words';
import { plansApi } from './maintenance-api';

/** Says what goes with a plan, asks, and deletes it: from the list and from the form alike. */
@Injectable({ providedIn: 'root' })
export class PlanDeletion {
  private readonly api = plansApi();
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly words = inject(Words);

  /** True when it is gone. */
  async delete({ id, description, machineName }: MaintenancePlanView): Promise<boolean> {
    try {
      const { interventions } = await this.api.impact(id);
      const isDone = await this.dialogs.danger({
        title: this.words.say('plans.delete_title', { name: description }),
        text: this.words.say('plans.delete_text', { machine: machineName }),
        losses: [{ label: this.words.say('interventions.title'), count: interventions }],
        action: this.words.say('dialog.delete'),
        run: () => this.api.remove(id),
      });
      if (isDone) this.toasts.show(this.words.say('toast.deleted', { name: description }));
      return isDone;
    } catch (error) {
      const { code, params } = apiError(error); // it is gone already, or nothing answers
      this.toasts.show(this.words.error(code, params));
      return false;
    }
  }
}
