import { inject, Injectable } from '@angular/core';
import type { MachineView } from '@fabomatic/machines';
import { apiError } from '../auth/api-error';
import { Dialogs } from '../frame/dialog/dialogs';
import type { PageAction } from '../frame/page-action';
import { Toasts } from '../frame/toast/toasts';
import { Words } from '../language/words';
import { machinesApi } from './machines-api';

/** As long as a reason may be. */
const MAX_REASON = 200;

/** Closing a machine with a reason, and opening it again. */
@Injectable({ providedIn: 'root' })
export class MachineBlocking {
  private readonly api = machinesApi();
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly words = inject(Words);

  /** For the head of a page, or a row's menu. `changed` is called when it was done. */
  action(machine: MachineView, changed: () => void): PageAction {
    return machine.blocked
      ? {
          label: 'machine_page.unblock',
          icon: 'check',
          permission: 'machines',
          run: () => void this.unblock(machine, changed),
        }
      : {
          label: 'machine_page.block',
          icon: 'disabled',
          permission: 'machines',
          run: () => void this.block(machine, changed),
        };
  }

  private async block({ id, name, version }: MachineView, changed: () => void): Promise<void> {
    const isDone = await this.dialogs.note({
      title: this.words.say('machine_page.block_title', { name }),
      text: this.words.say('machine_page.block_text'),
      label: this.words.say('machine_page.block_reason'),
      maxLength: MAX_REASON,
      action: this.words.say('machine_page.block'),
      isDanger: true,
      run: async (blockedReason) => {
        await this.api.update(id, { version, blocked: true, blockedReason });
      },
    });
    if (!isDone) return;
    this.toasts.show(this.words.say('machine_page.is_blocked', { name }));
    changed();
  }

  private async unblock({ id, name, version }: MachineView, changed: () => void): Promise<void> {
    try {
      await this.api.update(id, { version, blocked: false });
      this.toasts.show(this.words.say('machine_page.is_unblocked', { name }));
    } catch (error) {
      const { code, params } = apiError(error); // somebody else changed it, or nothing answers
      this.toasts.show(this.words.error(code, params));
    }
    changed();
  }
}
