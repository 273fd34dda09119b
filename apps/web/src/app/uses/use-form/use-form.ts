import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { SECONDS_PER_HOUR, toIso } from '@fabomatic/kernel';
import { UseCreate } from '@fabomatic/uses';
import { TranslatePipe } from '@ngx-translate/core';
import { FieldRecord } from '../../frame/fields/field-record';
import { FieldSwitch } from '../../frame/fields/field-switch';
import { FieldTime } from '../../frame/fields/field-time';
import { formModel } from '../../frame/form/form-model';
import { FormPage } from '../../frame/form/form-page';
import type { BackLink } from '../../frame/page-action';
import { Words } from '../../language/words';
import { LabClock } from '../../live/lab-clock';
import { MACHINE_SOURCE } from '../../machines/machines-api';
import { MEMBER_SOURCE } from '../../members/member-source';
import { isLong } from '../use-length';
import { usesApi } from '../uses-api';

/** A use that no board told of. */
@Component({
  selector: 'fab-use-form',
  imports: [FieldRecord, FieldSwitch, FieldTime, FormPage, TranslatePipe],
  template: `
    <fab-form-page [form]="form" [heading]="heading()" [back]="back">
      <fab-field-record [field]="form.fields.machineId" [source]="machineSource" />
      <fab-field-record [field]="form.fields.memberId" [source]="memberSource" />
      <fab-field-time [field]="form.fields.startedAt" />
      <fab-field-time [field]="form.fields.endedAt" />
      @if (isLong()) {
        <fab-field-switch
          [field]="form.fields.confirmLong"
          [help]="'uses.confirm_long_help' | translate"
        />
      }
      <p side class="ink-2">{{ 'uses.new_text' | translate }}</p>
    </fab-form-page>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UseForm {
  private readonly words = inject(Words);
  private readonly api = usesApi();
  private readonly openedAtS = inject(LabClock).readS();

  /** From the query: where the reader came from. */
  readonly machineId = input<string>();
  readonly memberId = input<string>();

  protected readonly machineSource = MACHINE_SOURCE;
  protected readonly memberSource = MEMBER_SOURCE;
  protected readonly back: BackLink = { label: 'uses.title', link: '/history' };
  protected readonly form = formModel({
    schema: UseCreate,
    labels: {
      machineId: 'uses.machine',
      memberId: 'uses.member',
      startedAt: 'uses.start',
      endedAt: 'uses.end',
      confirmLong: 'uses.confirm_long',
    },
    start: () => ({
      machineId: Number(this.machineId()) || undefined,
      memberId: Number(this.memberId()) || undefined,
      startedAt: toIso(this.openedAtS - SECONDS_PER_HOUR),
      endedAt: toIso(this.openedAtS),
      confirmLong: false,
    }),
    save: ({ values }) => this.api.create(values),
  });
  protected readonly heading = computed(() => this.words.say('uses.new'));
  protected readonly isLong = computed(() =>
    isLong(this.form.fields.startedAt.value(), this.form.fields.endedAt.value()),
  );
}
