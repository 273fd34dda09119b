import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { BoardAccountCreate } from '@fabomatic/boards';
import { TranslatePipe } from '@ngx-translate/core';
import { FieldRecord } from '../frame/fields/field-record';
import { FieldText } from '../frame/fields/field-text';
import { formModel } from '../frame/form/form-model';
import { FormPage } from '../frame/form/form-page';
import type { BackLink } from '../frame/page-action';
import { MACHINE_SOURCE } from '../machines/machines-api';
import { BoardAccountActions } from './board-account-actions';
import { boardAccountsApi } from './board-accounts-api';

/** An account for the board of a machine; once it is made its password is shown. */
@Component({
  selector: 'fab-board-account-form',
  imports: [FieldRecord, FieldText, FormPage, TranslatePipe],
  template: `
    <fab-form-page [form]="form" [heading]="'board_accounts.new' | translate" [back]="back">
      <fab-field-record
        [field]="form.fields.machineId"
        [source]="machineSource"
        [help]="'board_accounts.new_help' | translate"
      />
      <fab-field-text
        [field]="form.fields.switchTopic"
        [optional]="true"
        [help]="'board_accounts.switch_topic_help' | translate"
      />
    </fab-form-page>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BoardAccountForm {
  private readonly api = boardAccountsApi();
  private readonly actions = inject(BoardAccountActions);

  /** From the query: the machine that it is for. */
  readonly machineId = input<string>();

  protected readonly machineSource = MACHINE_SOURCE;
  protected readonly back: BackLink = { label: 'board_accounts.title', link: '/boards/accounts' };
  protected readonly form = formModel({
    schema: BoardAccountCreate,
    labels: { machineId: 'plans.machine', switchTopic: 'board_accounts.switch_topic' },
    start: () => ({ machineId: Number(this.machineId()) || undefined, switchTopic: null }),
    save: async ({ values }) => {
      const account = await this.api.create(values);
      await this.actions.show(account);
      return account;
    },
    codesAt: {
      'board_account.exists': 'machineId',
      'board_account.topic_taken': 'switchTopic',
    },
  });
}
