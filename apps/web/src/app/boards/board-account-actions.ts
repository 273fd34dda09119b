import { Dialog } from '@angular/cdk/dialog';
import { inject, Injectable } from '@angular/core';
import type { NewBoardAccountView } from '@fabomatic/boards';
import { firstValueFrom } from 'rxjs';
import { Dialogs } from '../frame/dialog/dialogs';
import type { PageAction } from '../frame/page-action';
import { Toasts } from '../frame/toast/toasts';
import { Words } from '../language/words';
import { BoardAccountDialog } from './board-account-dialog';
import { boardAccountsApi } from './board-accounts-api';

/** The machine whose board an account is for. */
export interface AccountOwner {
  readonly machineId: number;
  readonly machineName: string;
}

/** What can be done with the account of a machine's board, on whatever page it is named. */
@Injectable({ providedIn: 'root' })
export class BoardAccountActions {
  private readonly api = boardAccountsApi();
  private readonly dialog = inject(Dialog);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly words = inject(Words);

  /** For one that is there; `changed` is called after something was done. */
  of(owner: AccountOwner, changed: () => void): PageAction[] {
    return [
      {
        label: 'board_accounts.renew',
        icon: 'password',
        permission: 'machines',
        run: () => void this.renew(owner, changed),
      },
      {
        label: 'board_accounts.remove',
        icon: 'delete',
        permission: 'machines',
        isDanger: true,
        run: () => void this.remove(owner, changed),
      },
    ];
  }

  /** Shows the password, which nobody can be shown again. */
  async show(account: NewBoardAccountView): Promise<void> {
    const open = this.dialog.open<void, NewBoardAccountView>(BoardAccountDialog, {
      data: account,
      backdropClass: 'dialog-scrim',
      panelClass: 'dialog-panel',
      ariaLabelledBy: 'dialog-title',
      ariaModal: true,
      disableClose: true,
    });
    await firstValueFrom(open.closed, { defaultValue: undefined });
  }

  private async renew({ machineId, machineName }: AccountOwner, changed: () => void) {
    const made: NewBoardAccountView[] = [];
    const isDone = await this.dialogs.danger({
      title: this.words.say('board_accounts.renew_title', { name: machineName }),
      text: this.words.say('board_accounts.renew_text'),
      action: this.words.say('board_accounts.renew'),
      run: async () => {
        made.push(await this.api.renewPassword(machineId));
      },
    });
    if (!isDone) return;
    for (const account of made) await this.show(account);
    changed();
  }

  private async remove({ machineId, machineName }: AccountOwner, changed: () => void) {
    const isDone = await this.dialogs.danger({
      title: this.words.say('board_accounts.remove_title', { name: machineName }),
      text: this.words.say('board_accounts.remove_text'),
      action: this.words.say('board_accounts.remove'),
      run: () => this.api.remove(machineId),
    });
    if (!isDone) return;
    this.toasts.show(this.words.say('board_accounts.removed', { name: machineName }));
    changed();
  }
}
