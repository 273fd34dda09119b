import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { MACHINE_STATUSES, type MachineStatus } from '@fabomatic/machines';
import { TranslatePipe } from '@ngx-translate/core';
import { FirstRunPath } from '../../first-run/first-run-path';
import { FirstRunState } from '../../first-run/first-run-state';
import { Icon } from '../../frame/icon';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { LabClock } from '../../live/lab-clock';
import { LiveFeed } from '../../live/live-feed';
import { MachineTile } from '../../machines/machine-tile/machine-tile';
import { MachinesStore } from '../../machines/machines-store';
import { HoursMeter } from '../../maintenance/hours-meter/hours-meter';
import { countByStatus, groupMachines } from '../dashboard-groups';
import { EventLine } from '../event-line/event-line';
import { StatusCounts } from '../status-counts/status-counts';

/** As many as stand beside the machines; the history has all. */
const EVENTS = 12;

/** The lab right now. The chosen status stands in the URL (`?status=free`). */
@Component({
  selector: 'fab-dashboard-page',
  imports: [
    EventLine,
    FirstRunPath,
    HoursMeter,
    Icon,
    MachineTile,
    RouterLink,
    StatusCounts,
    TranslatePipe,
  ],
  templateUrl: './dashboard-page.html',
  styleUrl: './dashboard-page.css',
  host: { '[class.first-run]': 'firstRun.isOnDashboard()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DashboardPage {
  private readonly router = inject(Router);
  private readonly store = inject(MachinesStore);
  private readonly formats = inject(Formats);
  private readonly words = inject(Words);
  protected readonly feed = inject(LiveFeed);
  protected readonly nowS = inject(LabClock).nowS;

  /** From the query string. */
  readonly status = input<string>();

  protected readonly firstRun = inject(FirstRunState);
  /** Nothing while it is open whether the lab is new: no page that goes away at once. */
  protected readonly view = computed(() =>
    this.firstRun.isOpenQuestion() ? null : this.feed.view(),
  );
  protected readonly only = computed<MachineStatus | null>(
    () => MACHINE_STATUSES.find((status) => status === this.status()) ?? null,
  );
  protected readonly events = computed(() => this.view()?.events.slice(0, EVENTS) ?? []);
  protected readonly counts = computed(() => countByStatus(this.store.machines()));
  protected readonly groups = computed(() => groupMachines(this.store.machines(), this.only()));
  protected readonly staleSinceS = computed(() => {
    const state = this.feed.state();
    return state.kind === 'stale' ? state.sinceS : null;
  });
  protected readonly today = computed(() => {
    const today = this.view()?.today;
    if (!today) return '';
    const duration = this.formats.duration(today.durationS);
    return this.words.count('dashboard.today', today.uses, { duration });
  });
  protected readonly dueNext = computed(() =>
    (this.view()?.dueNext ?? []).map((plan) => ({
      ...plan,
      worn: this.words.say('machine.worn', {
        elapsed: this.formats.planHours(plan.elapsedS),
        interval: this.formats.planHours(plan.intervalS),
      }),
    })),
  );

  protected showOnly(status: MachineStatus | null): void {
    void this.router.navigate([], { queryParams: { status }, queryParamsHandling: 'merge' });
  }
}
