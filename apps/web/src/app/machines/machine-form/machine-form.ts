import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import { SECONDS_PER_HOUR } from '@fabomatic/kernel';
import { MachineCreate, MachineView } from '@fabomatic/machines';
import { TranslatePipe } from '@ngx-translate/core';
import { detail } from '../../frame/detail-page/detail';
import { FieldArea } from '../../frame/fields/field-area';
import { FieldNumber } from '../../frame/fields/field-number';
import { FieldRecord } from '../../frame/fields/field-record';
import { FieldSwitch } from '../../frame/fields/field-switch';
import { FieldText } from '../../frame/fields/field-text';
import { formModel } from '../../frame/form/form-model';
import { FormPage } from '../../frame/form/form-page';
import { Icon } from '../../frame/icon';
import type { BackLink } from '../../frame/page-action';
import { Words } from '../../language/words';
import { MACHINE_TYPE_SOURCE } from '../../machine-types/machine-types-api';
import { MachineDeletion } from '../machine-deletion';
import { MACHINES_URL, machinesApi } from '../machines-api';

/** A machine, new or changed. */
@Component({
  selector: 'fab-machine-form',
  imports: [
    FieldArea,
    FieldNumber,
    FieldRecord,
    FieldSwitch,
    FieldText,
    FormPage,
    Icon,
    TranslatePipe,
  ],
  templateUrl: './machine-form.html',
  styles: `
    .side {
      display: grid;
      justify-items: start;
      gap: var(--s2);
    }
    .quiet-box {
      display: block;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MachineForm {
  private readonly words = inject(Words);
  private readonly router = inject(Router);
  private readonly deletion = inject(MachineDeletion);
  private readonly api = machinesApi();

  /** From the path; not there for a new machine. */
  readonly id = input<string>();

  protected readonly secondsPerHour = SECONDS_PER_HOUR;
  protected readonly typeSource = MACHINE_TYPE_SOURCE;
  protected readonly back = computed<BackLink>(() =>
    this.id() === undefined
      ? { label: 'machines.title', link: '/machines' }
      : { label: 'machines.machine', link: ['/machines', Number(this.id())] },
  );
  protected readonly after = (saved: unknown) => ['/machines', (saved as MachineView).id];
  protected readonly machine = detail({
    url: () => (this.id() === undefined ? undefined : `${MACHINES_URL}/${this.id()}`),
    schema: MachineView,
  });
  protected readonly form = formModel({
    schema: MachineCreate,
    labels: {
      name: 'machine_page.name',
      typeId: 'machines.type',
      hoursS: 'machine_page.hours',
      blocked: 'machines.is_blocked',
      blockedReason: 'machine_page.block_reason',
    },
    start: () => (this.id() === undefined ? FRESH : fieldsOf(this.machine.record())),
    save: ({ values, changes }) => {
      const record = this.machine.record();
      return record
        ? this.api.update(record.id, { version: record.version, ...changes })
        : this.api.create(values);
    },
    codesAt: { 'machine.name_taken': 'name' },
  });
  protected readonly heading = computed(() => {
    if (this.id() === undefined) return this.words.say('machines.new');
    const name = this.machine.record()?.name;
    return name === undefined ? '' : this.words.say('form.edit', { name });
  });

  protected async delete(machine: MachineView): Promise<void> {
    if (!(await this.deletion.delete(machine))) return;
    this.form.dropChanges();
    await this.router.navigateByUrl('/machines');
  }
}

const FRESH = { name: '', hoursS: 0, blocked: false, blockedReason: null };

/** The fields of a record, without what the form does not change: the schema is a strict one. */
function fieldsOf(record: MachineView | undefined) {
  if (record === undefined) return undefined;
  const { name, typeId, hoursS, blocked, blockedReason } = record;
  return { name, typeId: typeId ?? undefined, hoursS, blocked, blockedReason };
}
