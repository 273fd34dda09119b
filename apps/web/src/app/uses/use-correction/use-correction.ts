import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import { UseCorrection, UseView } from '@fabomatic/uses';
import { TranslatePipe } from '@ngx-translate/core';
import { detail } from '../../frame/detail-page/detail';
import { ActionButton } from '../../frame/action-button/action-button';
import { FieldArea } from '../../frame/fields/field-area';
import { FieldRecord } from '../../frame/fields/field-record';
import { FieldSwitch } from '../../frame/fields/field-switch';
import { FieldTime } from '../../frame/fields/field-time';
import { formModel } from '../../frame/form/form-model';
import { FormPage } from '../../frame/form/form-page';
import { Icon } from '../../frame/icon';
import type { BackLink, PageAction } from '../../frame/page-action';
import { Words } from '../../language/words';
import { MEMBER_SOURCE } from '../../members/member-source';
import { whatChanged } from '../../system/audit/audit-link';
import { UseChanges } from '../use-changes';
import { isLong } from '../use-length';
import { UseMarks } from '../use-marks';
import { USES_URL, usesApi } from '../uses-api';

/** What the form knows; which version it changes is the record's. */
const Correction = UseCorrection.omit({ version: true });

/** A use put right, with the reason why: both stay in the audit trail. */
@Component({
  selector: 'fab-use-correction',
  imports: [
    ActionButton,
    FieldArea,
    FieldRecord,
    FieldSwitch,
    FieldTime,
    FormPage,
    Icon,
    TranslatePipe,
    UseMarks,
  ],
  template: `
    <fab-form-page [form]="form" [heading]="heading()" [back]="back" [detail]="use">
      <fab-field-record [field]="form.fields.memberId" [source]="memberSource" />
      <fab-field-time [field]="form.fields.startedAt" />
      <fab-field-time [field]="form.fields.endedAt" />
      @if (isLong()) {
        <fab-field-switch
          [field]="form.fields.confirmLong"
          [help]="'uses.confirm_long_help' | translate"
        />
      }
      <fab-field-area [field]="form.fields.reason" [help]="'uses.reason_help' | translate" />
      @if (use.record(); as record) {
        <div side class="side">
          <fab-use-marks [use]="record" />
          <p class="ink-2">{{ 'uses.correct_text' | translate }}</p>
          <fab-action-button [action]="changesOf(record)" />
          <h2>{{ 'uses.delete_heading' | translate }}</h2>
          <p class="ink-2">{{ 'uses.delete_hint' | translate }}</p>
          <button type="button" class="btn danger" (click)="delete(record)">
            <fab-icon name="delete" />{{ 'dialog.delete' | translate }}
          </button>
        </div>
      }
    </fab-form-page>
  `,
  styles: `
    .side {
      display: grid;
      justify-items: start;
      gap: var(--s2);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UseCorrectionForm {
  private readonly words = inject(Words);
  private readonly router = inject(Router);
  private readonly changes = inject(UseChanges);
  private readonly api = usesApi();

  /** From the path. */
  readonly id = input.required<string>();

  protected readonly memberSource = MEMBER_SOURCE;
  protected readonly back: BackLink = { label: 'uses.title', link: '/history' };
  protected readonly use = detail({
    url: () => `${USES_URL}/${this.id()}`,
    schema: UseView,
  });
  protected readonly form = formModel({
    schema: Correction,
    labels: {
      memberId: 'uses.member',
      startedAt: 'uses.start',
      endedAt: 'uses.end',
      confirmLong: 'uses.confirm_long',
      reason: 'uses.reason',
    },
    start: () => fieldsOf(this.use.record()),
    save: ({ values, changes }) =>
      this.api.update(Number(this.id()), {
        ...changes,
        version: this.use.record()?.version ?? 0,
        confirmLong: values.confirmLong,
        reason: values.reason,
      }),
  });
  protected readonly heading = computed(() => {
    const name = this.use.record()?.machineName;
    return name === undefined ? '' : this.words.say('uses.correct_title', { machine: name });
  });
  protected readonly isLong = computed(() =>
    isLong(this.form.fields.startedAt.value(), this.form.fields.endedAt.value()),
  );

  protected changesOf({ id }: UseView): PageAction {
    return whatChanged('use', id);
  }

  protected async delete(use: UseView): Promise<void> {
    if (!(await this.changes.delete(use))) return;
    this.form.dropChanges();
    await this.router.navigateByUrl('/history');
  }
}

function fieldsOf(record: UseView | undefined) {
  if (record === undefined) return undefined;
  const { memberId, startedAt, endedAt } = record;
  return {
    memberId: memberId ?? undefined,
    startedAt,
    endedAt: endedAt ?? undefined,
    confirmLong: false,
    reason: '',
  };
}
