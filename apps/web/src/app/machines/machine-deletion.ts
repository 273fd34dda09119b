import { inject, Injectable } from '@angular/core';
import type { MachineImpactView, MachineView } from '@fabomatic/machines';
import { apiError } from '../auth/api-error';
import { Dialogs } from '../frame/dialog/dialogs';
import { Toasts } from '../frame/toast/toasts';
import { Words } from '../language/words';
import { machinesApi } from './machines-api';

/** Says what goes with a machine, asks for its name, and deletes it. */
@Injectable({ providedIn: 'root' })
export class MachineDeletion {
  private readonly api = machinesApi();
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly words = inject(Words);

  /** True when it is gone. */
  async delete({ id, name }: Pick<MachineView, 'id' | 'name'>): Promise<boolean> {
    try {
      const impact = await this.api.impact(id);
      const key = impact.inUse ? 'machine_page.delete_in_use' : 'machine_page.delete_text';
      const isDone = await this.dialogs.danger({
        title: this.words.say('machine_page.delete_title', { name }),
        text: this.words.say(key),
        losses: this.losses(impact),
        nameToType: name,
        action: this.words.say('dialog.delete'),
        run: () => (impact.inUse ? this.api.removeInUse(id) : this.api.remove(id)),
      });
      if (isDone) this.toasts.show(this.words.say('toast.deleted', { name }));
      return isDone;
    } catch (error) {
      const { code, params } = apiError(error); // it is gone already, or nothing answers
      this.toasts.show(this.words.error(code, params));
      return false;
    }
  }

  private losses(impact: MachineImpactView) {
    return [
      { label: this.words.say('boards.title'), count: impact.boards },
      { label: this.words.say('plans.title'), count: impact.plans },
      { label: this.words.say('interventions.title'), count: impact.interventions },
      { label: this.words.say('machine_page.authorizations'), count: impact.authorizations },
      { label: this.words.say('members.uses'), count: impact.uses },
      { label: this.words.say('machine_page.unknown_cards'), count: impact.unrecognisedCards },
    ];
  }
}
