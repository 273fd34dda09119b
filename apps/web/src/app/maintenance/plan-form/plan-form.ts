import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import { SECONDS_PER_HOUR } from '@fabomatic/kernel';
import { MaintenancePlanCreate, MaintenancePlanView } from '@fabomatic/maintenance';
import { TranslatePipe } from '@ngx-translate/core';
import { detail } from '../../frame/detail-page/detail';
import { FieldNumber } from '../../frame/fields/field-number';
import { FieldRecord } from '../../frame/fields/field-record';
import { FieldText } from '../../frame/fields/field-text';
import { formModel } from '../../frame/form/form-model';
import { FormPage } from '../../frame/form/form-page';
import { Icon } from '../../frame/icon';
import type { BackLink } from '../../frame/page-action';
import { Words } from '../../language/words';
import { MACHINE_SOURCE } from '../../machines/machines-api';
import { PLANS_URL, plansApi } from '../maintenance-api';
import { PlanDeletion } from '../plan-deletion';
import { PlanRecording } from '../plan-recording';
import { PlanRow } from '../plan-row/plan-row';

/** A maintenance plan, new or changed. A plan stays at its machine: its hours are that machine's. */
@Component({
  selector: 'fab-plan-form',
  imports: [FieldNumber, FieldRecord, FieldText, FormPage, Icon, PlanRow, TranslatePipe],
  templateUrl: './plan-form.html',
  styles: `
    .side {
      display: grid;
      justify-items: start;
      gap: var(--s2);
    }
    fab-plan-row {
      width: 100%;
      border-top: 1px solid var(--line);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PlanForm {
  private readonly words = inject(Words);
  private readonly router = inject(Router);
  private readonly deletion = inject(PlanDeletion);
  private readonly recording = inject(PlanRecording);
  private readonly api = plansApi();

  /** From the path; not there for a new plan. */
  readonly id = input<string>();
  /** From the query: the machine of a new plan. */
  readonly machineId = input<string>();

  protected readonly secondsPerHour = SECONDS_PER_HOUR;
  protected readonly machineSource = MACHINE_SOURCE;
  protected readonly back = computed<BackLink>(() => {
    const machineId = Number(this.machineId()) || null;
    return this.id() === undefined && machineId !== null
      ? { label: 'plans.machine', link: ['/machines', machineId] }
      : { label: 'plans.title', link: '/maintenance' };
  });
  protected readonly plan = detail({
    url: () => (this.id() === undefined ? undefined : `${PLANS_URL}/${this.id()}`),
    schema: MaintenancePlanView,
  });
  protected readonly form = formModel({
    schema: MaintenancePlanCreate,
    labels: {
      machineId: 'plans.machine',
      description: 'plans.description',
      intervalS: 'plans.interval',
      lcdMessage: 'plans.message',
      instructionsUrl: 'plans.instructions',
    },
    start: () =>
      this.id() === undefined
        ? { ...FRESH, machineId: Number(this.machineId()) || undefined }
        : fieldsOf(this.plan.record()),
    save: ({ values, changes }) => {
      const record = this.plan.record();
      if (!record) return this.api.create(values);
      const { machineId: _machineId, ...rest } = changes;
      return this.api.update(record.id, { version: record.version, ...rest });
    },
  });
  protected readonly heading = computed(() => {
    if (this.id() === undefined) return this.words.say('plans.new');
    const name = this.plan.record()?.description;
    return name === undefined ? '' : this.words.say('form.edit', { name });
  });

  protected note(plan: MaintenancePlanView): void {
    void this.recording.record(plan, () => this.plan.reload());
  }

  protected async delete(plan: MaintenancePlanView): Promise<void> {
    if (!(await this.deletion.delete(plan))) return;
    this.form.dropChanges();
    await this.router.navigateByUrl('/maintenance');
  }
}

const FRESH = { description: '', lcdMessage: '', instructionsUrl: null };

/** The fields of a record, without what the form does not change: the schema is a strict one. */
function fieldsOf(record: MaintenancePlanView | undefined): MaintenancePlanCreate | undefined {
  if (record === undefined) return undefined;
  const { machineId, description, intervalS, lcdMessage, instructionsUrl } = record;
  return { machineId, description, intervalS, lcdMessage, instructionsUrl };
}
