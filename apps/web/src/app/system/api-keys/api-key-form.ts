import { Dialog } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import {
  API_KEY_PERMISSIONS,
  ApiKeyCreate,
  type ApiKeyPermission,
  type NewApiKeyView,
} from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { firstValueFrom } from 'rxjs';
import * as z from 'zod';
import { FieldCards } from '../../frame/fields/field-cards';
import { FieldNumber } from '../../frame/fields/field-number';
import { FieldText } from '../../frame/fields/field-text';
import { formModel } from '../../frame/form/form-model';
import { FormPage } from '../../frame/form/form-page';
import type { BackLink } from '../../frame/page-action';
import { Words } from '../../language/words';
import { apiKeysApi } from './api-keys-api';
import { KeyDialog } from './key-dialog';

/** One choice instead of a set: who changes something has to read it as well. */
const KeyForm = z.strictObject({
  name: ApiKeyCreate.shape.name,
  scope: z.enum(API_KEY_PERMISSIONS),
  days: ApiKeyCreate.shape.days,
});

const PERMISSIONS: Readonly<Record<ApiKeyPermission, ApiKeyPermission[]>> = {
  read: ['read'],
  members: ['read', 'members'],
  machines: ['read', 'machines'],
  admin: [...API_KEY_PERMISSIONS],
};

/** A new key: made, shown once, and never again. */
@Component({
  selector: 'fab-api-key-form',
  imports: [FieldCards, FieldNumber, FieldText, FormPage, TranslatePipe],
  template: `
    <!-- i18n-keys: api_keys.may_read_text api_keys.may_members_text api_keys.may_machines_text api_keys.may_admin_text -->
    <fab-form-page [form]="form" [heading]="'api_keys.new' | translate" [back]="back">
      <fab-field-text [field]="form.fields.name" [help]="'api_keys.name_help' | translate" />
      <fab-field-cards
        [field]="form.fields.scope"
        [choices]="scopes()"
        [help]="'api_keys.scope_help' | translate"
      />
      <fab-field-number
        [field]="form.fields.days"
        [unit]="'api_keys.days_unit' | translate"
        [help]="'api_keys.days_help' | translate"
      />
      <p side class="ink-2">{{ 'api_keys.empty_text' | translate }}</p>
    </fab-form-page>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ApiKeyForm {
  private readonly words = inject(Words);
  private readonly dialog = inject(Dialog);
  private readonly api = apiKeysApi();

  protected readonly back: BackLink = { label: 'api_keys.title', link: '/system/api-keys' };
  protected readonly form = formModel({
    schema: KeyForm,
    labels: { name: 'api_keys.name', scope: 'api_keys.scope', days: 'api_keys.days' },
    start: () => FRESH,
    save: async ({ values: { name, scope, days } }) => {
      const made = await this.api.create({ name, permissions: PERMISSIONS[scope], days });
      await this.show(made);
      return made;
    },
  });
  protected readonly scopes = computed(() =>
    API_KEY_PERMISSIONS.map((value) => ({
      value,
      label: this.words.say(`api_keys.may_${value}`),
      text: this.words.say(`api_keys.may_${value}_text`),
    })),
  );

  private async show(made: NewApiKeyView): Promise<void> {
    const open = this.dialog.open<void, NewApiKeyView>(KeyDialog, {
      data: made,
      // Only its own button: what is shown does not come back.
      disableClose: true,
      backdropClass: 'dialog-scrim',
      panelClass: 'dialog-panel',
      ariaLabelledBy: 'dialog-title',
      ariaModal: true,
    });
    await firstValueFrom(open.closed, { defaultValue: undefined });
  }
}

const FRESH = { name: '', scope: 'read' as const, days: 90 };
