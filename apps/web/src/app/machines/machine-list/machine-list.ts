import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { fromIso } from '@fabomatic/kernel';
import { MACHINE_SORTS, MACHINE_STATUSES, MachineView } from '@fabomatic/machines';
import { TranslatePipe } from '@ngx-translate/core';
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
import { LabClock } from '../../live/lab-clock';
import { LiveFeed } from '../../live/live-feed';
import { MACHINE_TYPE_SOURCE } from '../../machine-types/machine-types-api';
import { HoursMeter } from '../../maintenance/hours-meter/hours-meter';
import { MachineBlocking } from '../machine-blocking';
import { MachineDeletion } from '../machine-deletion';
import { reloadOn } from '../../frame/reload-on';
import { MACHINE_TABS } from '../machine-tabs';
import { MACHINES_URL } from '../machines-api';
import { MachinesStore } from '../machines-store';
import { StatusGlyph } from '../status-glyph/status-glyph';
import { StatusMark } from '../status-glyph/status-mark';

/** All machines; a page comes from the API, and what moves in it from the live feed. */
@Component({
  selector: 'fab-machine-list',
  imports: [
    FilterChip,
    HoursMeter,
    ListColumn,
    ListPage,
    PhoneLine,
    PhoneRow,
    RecordFilterChip,
    StatusGlyph,
    StatusMark,
    TimeText,
    TranslatePipe,
  ],
  templateUrl: './machine-list.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MachineList {
  private readonly words = inject(Words);
  private readonly clock = inject(LabClock);
  protected readonly tabs = MACHINE_TABS;
  protected readonly formats = inject(Formats);
  protected readonly store = inject(MachinesStore);
  private readonly feed = inject(LiveFeed);
  protected readonly stale = this.feed.isStale;
  private readonly deletion = inject(MachineDeletion);
  private readonly blocking = inject(MachineBlocking);
  protected readonly typeSource = MACHINE_TYPE_SOURCE;
  protected readonly list = pagedList({
    url: MACHINES_URL,
    item: MachineView,
    filters: ['status', 'typeId', 'maintenance', 'blocked'],
    sorts: MACHINE_SORTS,
    defaultSort: 'name',
  });
  protected readonly newMachine: PageAction = {
    label: 'machines.new',
    icon: 'add',
    permission: 'machines',
    link: '/machines/new',
  };
  protected readonly statusOptions = computed(() =>
    MACHINE_STATUSES.map((value) => ({ value, label: this.words.say(`status.${value}`) })),
  );
  protected readonly maintenanceOptions = computed(() => [
    { value: 'due', label: this.words.say('plans.is_due') },
    { value: 'ok', label: this.words.say('plans.is_not_due') },
  ]);
  protected readonly blockedOptions = computed(() => [
    { value: 'true', label: this.words.say('machines.yes') },
    { value: 'false', label: this.words.say('machines.no') },
  ]);
  protected readonly rowLink = ({ id }: MachineView) => ['/machines', id];
  protected readonly rowActions = (listed: MachineView): PageAction[] => {
    const machine = this.store.now(listed).view;
    return [
      {
        label: 'machine_page.edit',
        icon: 'edit',
        permission: 'machines',
        link: ['/machines', machine.id, 'edit'],
      },
      this.blocking.action(machine, () => this.list.reload()),
      {
        label: 'machine_page.all_uses',
        icon: 'history',
        link: '/history',
        queryParams: { machineId: machine.id },
      },
      {
        label: 'dialog.delete',
        icon: 'delete',
        permission: 'machines',
        isDanger: true,
        run: () => void this.delete(machine),
      },
    ];
  };

  constructor() {
    // A machine was added, deleted or changed, here or elsewhere.
    const versions = computed(() => {
      const machines = this.feed.view()?.machines;
      return machines ? JSON.stringify(machines.map(({ id, version }) => [id, version])) : null;
    });
    reloadOn(versions, [this.list]);
  }

  /** '1 h 24 min' of the use that is going on. */
  protected running(startedAt: string): string {
    return this.formats.duration(this.clock.nowS() - fromIso(startedAt));
  }

  protected lastSeen(at: string | null): string {
    if (at === null) return this.words.say('machine.never_seen');
    return this.words.say('machine.last_seen', { ago: this.formats.ago(at, this.clock.nowS()) });
  }

  protected lastUse(at: string): string {
    return this.words.say('machines.last_use', { when: this.formats.when(at, this.clock.nowS()) });
  }

  protected due(plan: NonNullable<MachineView['nearestPlan']>): string {
    const hours = this.formats.planHours(Math.abs(plan.intervalS - plan.elapsedS));
    return this.words.say(plan.isDue ? 'machine.only_over' : 'machine.only_left', { hours });
  }

  private async delete(machine: MachineView): Promise<void> {
    if (await this.deletion.delete(machine)) this.list.reload();
  }
}
