import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { fromIso } from '@fabomatic/kernel';
import { machineStatus, type MachineStatus, type MachineView } from '@fabomatic/machines';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../../frame/icon';
import { TimeText } from '../../frame/time-text';
import { durationParts } from '../../language/duration';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { LabClock } from '../../live/lab-clock';
import { StatusGlyph } from '../status-glyph/status-glyph';

/** The one status of a machine on every page: the shared rule, fed with the view's facts. */
export function statusOf(machine: MachineView, nowS: number): MachineStatus {
  return machineStatus(
    {
      inUse: machine.currentUse !== null,
      blocked: machine.blocked,
      maintenanceDue: machine.duePlans > 0,
      lastSeenAtS: machine.lastSeenAt === null ? null : fromIso(machine.lastSeenAt),
    },
    nowS,
  );
}

/** One machine on the dashboard: what it does, who, since when, and what it will need. */
@Component({
  selector: 'fab-machine-tile',
  imports: [Icon, StatusGlyph, TimeText, TranslatePipe],
  templateUrl: './machine-tile.html',
  styleUrl: './machine-tile.css',
  host: {
    '[class]': 'status()',
    '[class.changed]': 'isChanged()',
    '[class.stale]': 'isStale()',
    '[attr.data-machine-id]': 'machine().id',
    '[attr.data-status]': 'status()',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MachineTile {
  private readonly clock = inject(LabClock);
  private readonly formats = inject(Formats);
  private readonly words = inject(Words);

  readonly machine = input.required<MachineView>();
  readonly isChanged = input(false);
  readonly isStale = input(false);

  protected readonly status = computed(() => statusOf(this.machine(), this.clock.nowS()));
  protected readonly running = computed(() => {
    const use = this.machine().currentUse;
    return use ? durationParts(this.clock.nowS() - fromIso(use.startedAt)) : [];
  });
  protected readonly who = computed(
    () => this.machine().currentUse?.memberName ?? this.words.say('machine.unknown_card'),
  );
  /** What the nearest plan says, in hours left or over. */
  protected readonly plan = computed(() => {
    const plan = this.machine().nearestPlan;
    if (!plan) return null;
    const hours = this.formats.planHours(Math.abs(plan.intervalS - plan.elapsedS));
    const key = plan.isDue ? 'machine.over' : 'machine.left';
    return { isDue: plan.isDue, text: this.words.say(key, { plan: plan.description, hours }) };
  });
  protected readonly every = computed(() =>
    this.formats.planHours(this.machine().nearestPlan?.intervalS ?? 0),
  );
  protected readonly lastSeen = computed(() => {
    const at = this.machine().lastSeenAt;
    if (at === null) return this.words.say('machine.never_seen');
    return this.words.say('machine.last_seen', { ago: this.formats.ago(at, this.clock.nowS()) });
  });
}
