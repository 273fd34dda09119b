import { inject, Injectable } from '@angular/core';
import type { MaintenancePlanView } from '@fabomatic/maintenance';
import { Dialogs } from '../frame/dialog/dialogs';
import { Toasts } from '../frame/toast/toasts';
import { Words } from '../language/words';
import { interventionsApi } from './maintenance-api';

/** As long as a note may be. */
const MAX_NOTE = 500;

/** "It was done just now": from a plan's row, wherever it stands. */
@Injectable({ providedIn: 'root' })
export class PlanRecording {
  private readonly api = interventionsApi();
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly words = inject(Words);

  /** `changed` is called when it is recorded, and again when that is taken back. */
  async record(plan: MaintenancePlanView, changed: () => void): Promise<void> {
    let id = 0;
    const isDone = await this.dialogs.note({
      title: this.words.say('plans.record_title', { plan: plan.description }),
      text: this.words.say('plans.record_text', { machine: plan.machineName }),
      label: this.words.say('interventions.note'),
      maxLength: MAX_NOTE,
      action: this.words.say('plans.record'),
      run: async (note) => {
        id = (await this.api.create({ planId: plan.id, note })).id;
      },
    });
    if (!isDone) return;
    changed();
    const text = this.words.say('plans.recorded', { plan: plan.description });
    this.toasts.show(text, () => void this.takeBack(id, changed));
  }

  private async takeBack(id: number, changed: () => void): Promise<void> {
    try {
      await this.api.remove(id);
      this.toasts.dismiss();
    } catch {
      // It is gone already, or nothing answers: the list that is loaded anew shows what is true.
      this.toasts.show(this.words.error('network'));
    }
    changed();
  }
}
