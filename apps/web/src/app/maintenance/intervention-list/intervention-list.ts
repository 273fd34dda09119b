import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { INTERVENTION_SORTS, InterventionView } from '@fabomatic/maintenance';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../../auth/current-member';
import { DateFilterChip } from '../../frame/filter-chip/date-filter-chip';
import { FilterChip } from '../../frame/filter-chip/filter-chip';
import { RecordFilterChip } from '../../frame/filter-chip/record-filter-chip';
import { Icon } from '../../frame/icon';
import { ListPage } from '../../frame/list-page/list-page';
import { ListColumn, PhoneRow } from '../../frame/list-page/list-templates';
import { pagedList } from '../../frame/list-page/paged-list';
import type { PageAction } from '../../frame/page-action';
import { PhoneLine } from '../../frame/phone-line/phone-line';
import { TimeText } from '../../frame/time-text';
import { Words } from '../../language/words';
import { MACHINE_SOURCE } from '../../machines/machines-api';
import { MEMBER_SOURCE } from '../../members/member-source';
import { InterventionDeletion } from '../intervention-deletion';
import { INTERVENTIONS_URL, PLAN_SOURCE } from '../maintenance-api';
import { MAINTENANCE_TABS } from '../maintenance-tabs';

/** The maintenance that was done, newest first. */
@Component({
  selector: 'fab-intervention-list',
  imports: [
    DateFilterChip,
    FilterChip,
    Icon,
    ListColumn,
    ListPage,
    PhoneLine,
    PhoneRow,
    RecordFilterChip,
    TimeText,
    TranslatePipe,
  ],
  templateUrl: './intervention-list.html',
  styles: `
    .sent-later {
      display: inline-flex;
      align-items: center;
      gap: var(--s1);
      color: var(--ink-3);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class InterventionList {
  private readonly words = inject(Words);
  private readonly member = inject(CurrentMember);
  private readonly deletion = inject(InterventionDeletion);

  protected readonly tabs = MAINTENANCE_TABS;
  protected readonly machineSource = MACHINE_SOURCE;
  protected readonly memberSource = MEMBER_SOURCE;
  protected readonly planSource = PLAN_SOURCE;
  protected readonly list = pagedList({
    url: INTERVENTIONS_URL,
    item: InterventionView,
    filters: ['machineId', 'memberId', 'planId', 'from', 'to', 'replayed'],
    sorts: INTERVENTION_SORTS,
    defaultSort: '-doneAt',
  });
  protected readonly newIntervention: PageAction = {
    label: 'interventions.new',
    icon: 'add',
    permission: 'machines',
    link: '/interventions/new',
  };
  protected readonly replayedOptions = computed(() => [
    { value: 'true', label: this.words.say('interventions.later') },
    { value: 'false', label: this.words.say('interventions.at_once') },
  ]);
  protected readonly rowLink = computed(() =>
    this.member.may('machines')
      ? ({ id }: InterventionView) => ['/interventions', id]
      : ({ machineId }: InterventionView) => ['/machines', machineId],
  );
  protected readonly rowActions = (intervention: InterventionView): PageAction[] => [
    { label: 'plans.show_machine', icon: 'machines', link: ['/machines', intervention.machineId] },
    {
      label: 'dialog.delete',
      icon: 'delete',
      permission: 'machines',
      isDanger: true,
      run: () => void this.delete(intervention),
    },
  ];

  private async delete(intervention: InterventionView): Promise<void> {
    if (await this.deletion.delete(intervention)) this.list.reload();
  }
}
