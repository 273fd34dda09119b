import { inject, Injectable } from '@angular/core';
import type { MachineTypeView } from '@fabomatic/machines';
import { Dialogs } from '../frame/dialog/dialogs';
import { Undo } from '../frame/toast/undo';
import { Words } from '../language/words';
import { machineTypesApi } from './machine-types-api';

/** Asks, deletes, and offers to take it back: from the list and from the form alike. */
@Injectable({ providedIn: 'root' })
export class MachineTypeDeletion {
  private readonly api = machineTypesApi();
  private readonly dialogs = inject(Dialogs);
  private readonly undo = inject(Undo);
  private readonly words = inject(Words);

  /** True when it is gone. */
  async delete(type: MachineTypeView): Promise<boolean> {
    const isDone = await this.dialogs.danger({
      title: this.words.say('machine_types.delete_title', { name: type.name }),
      text: this.words.say('machine_types.delete_text'),
      action: this.words.say('dialog.delete'),
      run: () => this.api.remove(type.id),
      obstacle: ({ code }) =>
        code === 'machine_type.in_use'
          ? {
              label: this.words.say('machine_types.show_machines'),
              link: '/machines',
              queryParams: { typeId: type.id },
            }
          : null,
    });
    if (!isDone) return false;
    // No machine was of it, so one with the same values is the same.
    const { name, timeoutMin, graceMin, access } = type;
    this.undo.offer(this.words.say('toast.deleted', { name }), () =>
      this.api.create({ name, timeoutMin, graceMin, access }),
    );
    return true;
  }
}
