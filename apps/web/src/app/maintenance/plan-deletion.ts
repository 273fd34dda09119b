import { inject, Injectable } from '@angular/core';
import { MaintenancePlanCreate, type MaintenancePlanView } from '@fabomatic/maintenance';
import { apiError } from '../auth/api-error';
import { type DangerQuestion, Dialogs } from '../frame/dialog/dialogs';
import { Toasts } from '../frame/toast/toasts';
import { Undo } from '../frame/toast/undo';
import { Words } from '../language/words';
import { plansApi } from './maintenance-api';

/**
 * Says what goes with a plan, asks, and deletes it: from the list and from the form alike. One that
 * takes no interventions along is offered back.
 */
@Injectable({ providedIn: 'root' })
export class PlanDeletion {
  private readonly api = plansApi();
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly undo = inject(Undo);
  private readonly words = inject(Words);

  /** True when it is gone. */
  async delete(plan: MaintenancePlanView): Promise<boolean> {
    const { id, description, machineName } = plan;
    try {
      const { interventions } = await this.api.impact(id);
      const isDone = await this.dialogs.danger({
        title: this.words.say('plans.delete_title', { name: description }),
        text: this.words.say('plans.delete_text', { machine: machineName }),
        ...(interventions === 0 ? {} : this.whatGoes(interventions)),
        action: this.words.say('dialog.delete'),
        run: () => this.api.remove(id),
      });
      if (!isDone) return false;
      const text = this.words.say('toast.deleted', { name: description });
      const again = interventions === 0 ? asNew(plan) : null;
      if (again === null) this.toasts.show(text);
      else this.undo.offer(text, () => this.api.create(again));
      return true;
    } catch (error) {
      const { code, params } = apiError(error); // it is gone already, or nothing answers
      this.toasts.show(this.words.error(code, params));
      return false;
    }
  }

  private whatGoes(interventions: number): Pick<DangerQuestion, 'details' | 'losses'> {
    return {
      details: [this.words.say('plans.delete_goes')],
      losses: [{ label: this.words.say('interventions.title'), count: interventions }],
    };
  }
}

/**
 * What a plan was made of; its hours are counted from the uses again. null: one that was moved in from
 * the original, as nobody could make it today.
 */
function asNew(plan: MaintenancePlanView): MaintenancePlanCreate | null {
  const { machineId, description, intervalS, lcdMessage, instructionsUrl } = plan;
  const fields = { machineId, description, intervalS, lcdMessage, instructionsUrl };
  return MaintenancePlanCreate.safeParse(fields).data ?? null;
}
