import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import { MACHINE_ACCESS, MachineTypeCreate, MachineTypeView } from '@fabomatic/machines';
import { TranslatePipe } from '@ngx-translate/core';
import { detail } from '../frame/detail-page/detail';
import { FieldCards } from '../frame/fields/field-cards';
import { FieldNumber } from '../frame/fields/field-number';
import { FieldText } from '../frame/fields/field-text';
import { formModel } from '../frame/form/form-model';
import { FormPage } from '../frame/form/form-page';
import { Icon } from '../frame/icon';
import type { BackLink } from '../frame/page-action';
import { Words } from '../language/words';
import { MachineTypeDeletion } from './machine-type-deletion';
import { MACHINE_TYPES_URL, machineTypesApi } from './machine-types-api';

/** A machine type, new or changed. */
@Component({
  selector: 'fab-machine-type-form',
  imports: [FieldCards, FieldNumber, FieldText, FormPage, Icon, TranslatePipe],
  templateUrl: './machine-type-form.html',
  styles: `
    .side {
      display: grid;
      justify-items: start;
      gap: var(--s2);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MachineTypeForm {
  private readonly words = inject(Words);
  private readonly router = inject(Router);
  private readonly deletion = inject(MachineTypeDeletion);
  private readonly api = machineTypesApi();

  /** From the path; not there for a new type. */
  readonly id = input<string>();

  protected readonly back: BackLink = { label: 'machine_types.title', link: '/machine-types' };
  protected readonly type = detail({
    url: () => (this.id() === undefined ? undefined : `${MACHINE_TYPES_URL}/${this.id()}`),
    schema: MachineTypeView,
  });
  protected readonly form = formModel({
    schema: MachineTypeCreate,
    labels: {
      name: 'machine_types.name',
      timeoutMin: 'machine_types.log_off',
      graceMin: 'machine_types.power_off',
      access: 'machine_types.access',
    },
    start: () => (this.id() === undefined ? FRESH : fieldsOf(this.type.record())),
    save: ({ values, changes }) => {
      const record = this.type.record();
      return record
        ? this.api.update(record.id, { version: record.version, ...changes })
        : this.api.create(values);
    },
    codesAt: { 'machine_type.name_taken': 'name' },
  });
  protected readonly heading = computed(() => {
    if (this.id() === undefined) return this.words.say('machine_types.new');
    const name = this.type.record()?.name;
    return name === undefined ? '' : this.words.say('form.edit', { name });
  });
  protected readonly accessChoices = computed(() =>
    MACHINE_ACCESS.map((value) => ({
      value,
      label: this.words.say(`machine_types.access_${value}`),
      text: this.words.say(`machine_types.access_${value}_text`),
    })),
  );

  protected async delete(type: MachineTypeView): Promise<void> {
    if (!(await this.deletion.delete(type))) return;
    this.form.dropChanges();
    await this.router.navigateByUrl('/machine-types');
  }
}

/** What the API takes when nothing is said, but for the name. */
const FRESH = { ...MachineTypeCreate.parse({ name: '-' }), name: '' };

/** The fields of a record, without what the form does not change: the schema is a strict one. */
function fieldsOf(record: MachineTypeView | undefined): MachineTypeCreate | undefined {
  if (record === undefined) return undefined;
  const { name, timeoutMin, graceMin, access } = record;
  return { name, timeoutMin, graceMin, access };
}
