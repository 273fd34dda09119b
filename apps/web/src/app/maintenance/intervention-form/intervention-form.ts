import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import { toIso } from '@fabomatic/kernel';
import { InterventionCreate, InterventionView } from '@fabomatic/maintenance';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../../auth/current-member';
import { detail } from '../../frame/detail-page/detail';
import { FieldArea } from '../../frame/fields/field-area';
import { FieldRecord } from '../../frame/fields/field-record';
import { FieldTime } from '../../frame/fields/field-time';
import { formModel } from '../../frame/form/form-model';
import { FormPage } from '../../frame/form/form-page';
import { Icon } from '../../frame/icon';
import type { BackLink } from '../../frame/page-action';
import { Words } from '../../language/words';
import { LabClock } from '../../live/lab-clock';
import { MEMBER_SOURCE } from '../../members/member-source';
import { InterventionDeletion } from '../intervention-deletion';
import { INTERVENTIONS_URL, interventionsApi, PLAN_SOURCE } from '../maintenance-api';

/** An intervention, new or corrected. Its machine is that of the plan. */
@Component({
  selector: 'fab-intervention-form',
  imports: [FieldArea, FieldRecord, FieldTime, FormPage, Icon, TranslatePipe],
  templateUrl: './intervention-form.html',
  styles: `
    .side {
      display: grid;
      justify-items: start;
      gap: var(--s2);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class InterventionForm {
  private readonly words = inject(Words);
  private readonly router = inject(Router);
  private readonly me = inject(CurrentMember);
  private readonly deletion = inject(InterventionDeletion);
  private readonly api = interventionsApi();
  private readonly openedAt = toIso(inject(LabClock).readS());

  /** From the path; not there for a new one. */
  readonly id = input<string>();
  /** From the query: the plan of a new one. */
  readonly planId = input<string>();

  protected readonly planSource = PLAN_SOURCE;
  protected readonly memberSource = MEMBER_SOURCE;
  protected readonly back: BackLink = { label: 'interventions.title', link: '/interventions' };
  protected readonly intervention = detail({
    url: () => (this.id() === undefined ? undefined : `${INTERVENTIONS_URL}/${this.id()}`),
    schema: InterventionView,
  });
  protected readonly form = formModel({
    schema: InterventionCreate,
    labels: {
      planId: 'plans.plan',
      memberId: 'interventions.member',
      doneAt: 'interventions.done',
      note: 'interventions.note',
    },
    start: () =>
      this.id() === undefined
        ? {
            planId: Number(this.planId()) || undefined,
            memberId: this.me.view()?.id,
            doneAt: this.openedAt,
            note: null,
          }
        : fieldsOf(this.intervention.record()),
    save: ({ values, changes }) => {
      const record = this.intervention.record();
      return record
        ? this.api.update(record.id, { version: record.version, ...changes })
        : this.api.create(values);
    },
  });
  protected readonly heading = computed(() => {
    if (this.id() === undefined) return this.words.say('interventions.new');
    const name = this.intervention.record()?.planDescription;
    return name === undefined ? '' : this.words.say('form.edit', { name });
  });

  protected async delete(intervention: InterventionView): Promise<void> {
    if (!(await this.deletion.delete(intervention))) return;
    this.form.dropChanges();
    await this.router.navigateByUrl('/interventions');
  }
}

/** The fields of a record, without what the form does not change: the schema is a strict one. */
function fieldsOf(record: InterventionView | undefined) {
  if (record === undefined) return undefined;
  const { planId, memberId, doneAt, note } = record;
  return { planId, memberId: memberId ?? undefined, doneAt, note };
}
