import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MAINTENANCE_PLAN_SORTS, MaintenancePlanView } from '@fabomatic/maintenance';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../../auth/current-member';
import { FilterChip } from '../../frame/filter-chip/filter-chip';
import { RecordFilterChip } from '../../frame/filter-chip/record-filter-chip';
import { ListPage } from '../../frame/list-page/list-page';
import { ListColumn, PhoneRow } from '../../frame/list-page/list-templates';
import { pagedList } from '../../frame/list-page/paged-list';
import type { PageAction } from '../../frame/page-action';
import { PhoneLine } from '../../frame/phone-line/phone-line';
import { TimeText } from '../../frame/time-text';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { LiveFeed } from '../../live/live-feed';
import { MACHINE_SOURCE } from '../../machines/machines-api';
import { HoursMeter } from '../hours-meter/hours-meter';
import { PLANS_URL } from '../maintenance-api';
import { MAINTENANCE_TABS } from '../maintenance-tabs';
import { PlanDeletion } from '../plan-deletion';
import { PlanRecording } from '../plan-recording';
import { PlanTexts } from '../plan-texts';

/** What machines need from time to time, the most worn first. */
@Component({
  selector: 'fab-plan-list',
  imports: [
    FilterChip,
    HoursMeter,
    ListColumn,
    ListPage,
    PhoneLine,
    PhoneRow,
    RecordFilterChip,
    TimeText,
    TranslatePipe,
  ],
  templateUrl: './plan-list.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PlanList {
  private readonly words = inject(Words);
  private readonly member = inject(CurrentMember);
  private readonly deletion = inject(PlanDeletion);
  private readonly recording = inject(PlanRecording);
  protected readonly formats = inject(Formats);
  protected readonly texts = inject(PlanTexts);
  protected readonly stale = inject(LiveFeed).isStale;

  protected readonly tabs = MAINTENANCE_TABS;
  protected readonly machineSource = MACHINE_SOURCE;
  protected readonly list = pagedList({
    url: PLANS_URL,
    item: MaintenancePlanView,
    filters: ['due', 'machineId'],
    sorts: MAINTENANCE_PLAN_SORTS,
    defaultSort: '-wear',
  });
  protected readonly newPlan: PageAction = {
    label: 'plans.new',
    icon: 'add',
    permission: 'machines',
    link: '/maintenance/new',
  };
  protected readonly dueOptions = computed(() => [
    { value: 'true', label: this.words.say('plans.is_due') },
    { value: 'false', label: this.words.say('plans.is_not_due') },
  ]);
  /** For those who may change plans; others get to the machine. */
  protected readonly rowLink = computed(() =>
    this.member.may('machines')
      ? ({ id }: MaintenancePlanView) => ['/maintenance', id]
      : ({ machineId }: MaintenancePlanView) => ['/machines', machineId],
  );
  protected readonly rowActions = (plan: MaintenancePlanView): PageAction[] => [
    {
      label: 'plans.record',
      icon: 'done',
      permission: 'machines',
      run: () => void this.recording.record(plan, () => this.list.reload()),
    },
    {
      label: 'plans.show_interventions',
      icon: 'history',
      link: '/interventions',
      queryParams: { planId: plan.id },
    },
    { label: 'plans.show_machine', icon: 'machines', link: ['/machines', plan.machineId] },
    {
      label: 'dialog.delete',
      icon: 'delete',
      permission: 'machines',
      isDanger: true,
      run: () => void this.delete(plan),
    },
  ];

  private async delete(plan: MaintenancePlanView): Promise<void> {
    if (await this.deletion.delete(plan)) this.list.reload();
  }
}
