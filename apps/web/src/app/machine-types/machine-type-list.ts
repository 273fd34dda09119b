import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { SECONDS_PER_MINUTE } from '@fabomatic/kernel';
import { MACHINE_ACCESS, MACHINE_TYPE_SORTS, MachineTypeView } from '@fabomatic/machines';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../auth/current-member';
import { FilterChip } from '../frame/filter-chip/filter-chip';
import { ListPage } from '../frame/list-page/list-page';
import { ListColumn, PhoneRow } from '../frame/list-page/list-templates';
import { pagedList } from '../frame/list-page/paged-list';
import type { PageAction } from '../frame/page-action';
import { PhoneLine } from '../frame/phone-line/phone-line';
import { Formats } from '../language/formats';
import { Words } from '../language/words';
import { MACHINE_TABS } from '../machines/machine-tabs';
import { MachineTypeDeletion } from './machine-type-deletion';
import { MACHINE_TYPES_URL } from './machine-types-api';

/** Kinds of machines: when they log off by themselves, and who may use them. */
@Component({
  selector: 'fab-machine-type-list',
  imports: [FilterChip, ListColumn, ListPage, PhoneLine, PhoneRow, TranslatePipe],
  templateUrl: './machine-type-list.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MachineTypeList {
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);
  private readonly member = inject(CurrentMember);
  private readonly deletion = inject(MachineTypeDeletion);

  protected readonly tabs = MACHINE_TABS;
  protected readonly list = pagedList({
    url: MACHINE_TYPES_URL,
    item: MachineTypeView,
    filters: ['access'],
    sorts: MACHINE_TYPE_SORTS,
    defaultSort: 'name',
  });
  protected readonly newType: PageAction = {
    label: 'machine_types.new',
    icon: 'add',
    permission: 'machines',
    link: '/machine-types/new',
  };
  protected readonly accessOptions = computed(() =>
    MACHINE_ACCESS.map((value) => ({
      value,
      label: this.words.say(`machine_types.access_${value}`),
    })),
  );
  /** For those who may change types; for others a row leads nowhere. */
  protected readonly rowLink = computed(() =>
    this.member.may('machines') ? ({ id }: MachineTypeView) => ['/machine-types', id] : undefined,
  );
  protected readonly rowActions = (type: MachineTypeView): PageAction[] => [
    {
      label: 'machine_types.show_machines',
      icon: 'machines',
      link: '/machines',
      queryParams: { typeId: type.id },
    },
    {
      label: 'dialog.delete',
      icon: 'delete',
      permission: 'machines',
      isDanger: true,
      run: () => void this.delete(type),
    },
  ];

  protected logOff({ timeoutMin }: MachineTypeView): string {
    return timeoutMin === 0
      ? this.words.say('machine_types.never')
      : this.formats.duration(timeoutMin * SECONDS_PER_MINUTE);
  }

  protected powerOff({ graceMin }: MachineTypeView): string {
    return graceMin === 0
      ? this.words.say('machine_types.at_once')
      : this.formats.duration(graceMin * SECONDS_PER_MINUTE);
  }

  protected machines({ machines }: MachineTypeView): string {
    return this.words.count('machines.summary', machines, { n: this.formats.number(machines) });
  }

  private async delete(type: MachineTypeView): Promise<void> {
    if (await this.deletion.delete(type)) this.list.reload();
  }
}
