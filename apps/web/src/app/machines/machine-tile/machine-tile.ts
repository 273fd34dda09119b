import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { fromIso, toIso } from '@fabomatic/kernel';
import type { MachineStatus, MachineView } from '@fabomatic/machines';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../../frame/icon';
import { TimeText } from '../../frame/time-text';
import { durationParts } from '../../language/duration';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { StatusGlyph } from '../status-glyph/status-glyph';

/** One machine of the dashboard: what it is doing, who, since when, and what is due next. */
@Component({
  selector: 'fab-machine-tile',
  imports: [Icon, RouterLink, StatusGlyph, TimeText, TranslatePipe],
  templateUrl: './machine-tile.html',
  styleUrl: './machine-tile.css',
  host: {
    '[attr.data-machine-id]': 'machine().id',
    '[attr.data-status]': 'status()',
    '[class]': 'status()',
    '[class.changed]': 'changed()',
    '[class.stale]': 'staleSinceS() !== null',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MachineTile {
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);

  readonly machine = input.required<MachineView>();
  readonly status = input.required<MachineStatus>();
  /** Epoch seconds of the lab. */
  readonly nowS = input.required<number>();
  /** It changed within the last two seconds. */
  readonly changed = input(false);
  /** Since when nothing is known (epoch seconds); null while live. */
  readonly staleSinceS = input<number | null>(null);

  protected readonly isStale = computed(() => this.staleSinceS() !== null);
  protected readonly word = computed(() => {
    const status = this.words.say(`status.${this.status()}`);
    return this.isStale() ? this.words.say('status.was', { status }) : status;
  });
  /** Null for a use of which we no longer know whether it goes on. */
  protected readonly running = computed(() => {
    const use = this.machine().currentUse;
    if (use === null || this.isStale()) return null;
    return durationParts(this.nowS() - fromIso(use.startedAt));
  });
  protected readonly staleSince = computed(() => toIso(this.staleSinceS() ?? 0));
  protected readonly plan = computed(() => {
    const plan = this.machine().nearestPlan;
    if (plan === null) return null;
    const hours = this.formats.planHours(Math.abs(plan.intervalS - plan.elapsedS));
    const key = plan.isDue ? 'machine.over' : 'machine.left';
    return {
      isDue: plan.isDue,
      text: this.words.say(key, { plan: plan.description, hours }),
      every: this.words.say('machine.due_every', {
        hours: this.formats.planHours(plan.intervalS),
      }),
    };
  });
  protected readonly lastSeen = computed(() => {
    const at = this.machine().lastSeenAt;
    if (at === null) return this.words.say('machine.never_seen');
    return this.words.say('machine.last_seen', { ago: this.formats.ago(at, this.nowS()) });
  });
}
