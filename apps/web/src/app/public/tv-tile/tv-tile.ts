import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { fromIso } from '@fabomatic/kernel';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { StatusGlyph } from '../../machines/status-glyph/status-glyph';
import type { PublicMachineNow } from '../public-feed';
import { hoursAndMinutes, type TvGrid } from '../public-view';

/** A machine on the screen on the wall: legible at three metres, in grey as well. */
@Component({
  selector: 'fab-tv-tile',
  imports: [StatusGlyph],
  // i18n-keys: status.*
  template: `
    <div class="band">
      <fab-status-glyph [status]="machine().status" [stale]="isStale()" />
      <span class="cut">{{ word() }}</span>
      @if (isDueInUse()) {
        <fab-status-glyph class="due" status="maintenance" [stale]="isStale()" />
      }
    </div>
    <div class="text">
      <h2 class="name">{{ machine().view.name }}</h2>
      <p class="what">{{ lines().what }}</p>
      <p class="end cut num">{{ lines().end }}</p>
    </div>
  `,
  styleUrl: './tv-tile.css',
  host: {
    '[class]': 'machine().status + " " + size()',
    '[class.stale]': 'isStale()',
    '[attr.data-machine-id]': 'machine().view.id',
    '[attr.data-status]': 'machine().status',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TvTile {
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);

  readonly machine = input.required<PublicMachineNow>();
  readonly size = input.required<TvGrid['size']>();
  /** Epoch seconds of the lab. */
  readonly nowS = input.required<number>();
  /** Since when nothing is known (epoch seconds); null while live. */
  readonly staleSinceS = input<number | null>(null);

  protected readonly isStale = computed(() => this.staleSinceS() !== null);
  protected readonly isDueInUse = computed(
    () => this.machine().status === 'in-use' && this.machine().view.duePlans > 0,
  );
  protected readonly word = computed(() => {
    const status = this.words.say(`status.${this.machine().status}`);
    return this.isStale() ? this.words.say('status.was', { status }) : status;
  });

  private readonly hasLittleRoom = computed(
    () => this.size() === 'compact' || this.size() === 'small',
  );

  /** Who or why, and since when or how long. */
  protected readonly lines = computed<{ what: string; end: string }>(() => {
    const { view, status } = this.machine();
    const nowS = this.nowS();
    const askStaff = this.words.say('tv.ask_staff');
    switch (status) {
      case 'in-use': {
        const startedAt = view.use?.startedAt;
        if (startedAt === undefined) return { what: '', end: '' };
        return { what: view.use?.who ?? '', end: this.running(startedAt) };
      }
      case 'maintenance':
        return {
          what: view.duePlan ?? this.words.say('tv.plan_due'),
          end:
            view.overS === null
              ? ''
              : this.words.say('tv.over', { hours: this.formats.planHours(view.overS) }),
        };
      case 'blocked':
        return {
          what: view.blockedReason || askStaff,
          end: view.blockedAt === null ? '' : this.formats.since(view.blockedAt, nowS),
        };
      case 'offline': {
        const at = view.lastSeenAt;
        return {
          what: askStaff,
          end:
            at === null
              ? this.words.say('tv.never_seen')
              : this.words.say('tv.seen', { when: this.formats.when(at, nowS) }),
        };
      }
      case 'free':
        return { what: this.words.say('tv.tap'), end: '' };
    }
  });

  /** How long it has been used; since when, if it is not known that it still is. */
  private running(startedAt: string): string {
    if (this.isStale()) return this.formats.since(startedAt, this.nowS());
    const seconds = this.nowS() - fromIso(startedAt);
    return this.hasLittleRoom()
      ? `${hoursAndMinutes(seconds)}\u00a0${this.words.say('units.h')}`
      : this.formats.duration(seconds);
  }
}
