import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { MachineStatus } from '@fabomatic/machines';
import { TranslatePipe } from '@ngx-translate/core';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { LabClock } from '../../live/lab-clock';
import { LiveFeed } from '../../live/live-feed';
import { MachineTile, statusOf } from '../../machines/machine-tile/machine-tile';
import { HoursMeter } from '../../maintenance/hours-meter/hours-meter';
import { EventLine } from '../event-line/event-line';
import { StatusCounts } from '../status-counts/status-counts';
import { dashboardGroups, statusCounts } from './dashboard-groups';

/** The lab at a glance, live. */
@Component({
  selector: 'fab-dashboard-page',
  imports: [EventLine, HoursMeter, MachineTile, RouterLink, StatusCounts, TranslatePipe],
  templateUrl: './dashboard-page.html',
  styleUrl: './dashboard-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DashboardPage {
  private readonly feed = inject(LiveFeed);
  private readonly clock = inject(LabClock);
  private readonly words = inject(Words);
  protected readonly formats = inject(Formats);

  protected readonly view = this.feed.view;
  protected readonly isStale = this.feed.isStale;
  protected readonly changed = this.feed.changedMachines;
  protected readonly newEvents = this.feed.newEvents;
  protected readonly only = signal<MachineStatus | null>(null);
  private readonly machines = computed(() => this.view()?.machines ?? []);
  protected readonly counts = computed(() => {
    const nowS = this.clock.nowS();
    return statusCounts(this.machines(), (machine) => statusOf(machine, nowS));
  });
  protected readonly groups = computed(() => {
    const nowS = this.clock.nowS();
    return dashboardGroups(this.machines(), (machine) => statusOf(machine, nowS), this.only());
  });
  protected readonly today = computed(() => {
    const today = this.view()?.today;
    if (!today) return '';
    const duration = this.formats.duration(today.durationS);
    return this.words.count('dashboard.today', today.uses, { duration });
  });
}
