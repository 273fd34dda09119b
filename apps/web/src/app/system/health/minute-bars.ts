import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { SystemView } from '@fabomatic/system';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';

/** The messages of each minute of the last hour; what failed stands in red at the foot of its bar. */
@Component({
  selector: 'fab-minute-bars',
  template: `
    <div class="bars" role="img" [attr.aria-label]="label()">
      @for (bar of bars(); track $index) {
        <i [style.height.%]="bar.received"><i class="failed" [style.height.%]="bar.failed"></i></i>
      }
    </div>
    <div class="axis small ink-3" aria-hidden="true">
      <span>{{ words.say('health.hour_ago') }}</span>
      <span class="num">{{ most() }}</span>
      <span>{{ words.say('time.now') }}</span>
    </div>
    <p class="small ink-2">{{ label() }}</p>
  `,
  styles: `
    .bars {
      display: flex;
      align-items: flex-end;
      gap: 1px;
      height: var(--s16);
      border-bottom: 1px solid var(--line);
    }
    .bars > i {
      position: relative;
      flex: 1;
      border-radius: 1px 1px 0 0;
      background: var(--chart);
    }
    .failed {
      position: absolute;
      bottom: 0;
      inset-inline: 0;
      background: var(--block);
    }
    .axis {
      display: flex;
      justify-content: space-between;
      padding: var(--s1) 0;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MinuteBars {
  protected readonly words = inject(Words);
  private readonly formats = inject(Formats);
  /** The oldest first. */
  readonly minutes = input.required<SystemView['messages']['minutes']>();

  private readonly highest = computed(() =>
    Math.max(1, ...this.minutes().map(({ received }) => received)),
  );
  protected readonly bars = computed(() =>
    this.minutes().map(({ received, failed }) => ({
      received: (received / this.highest()) * 100,
      failed: received === 0 ? 0 : Math.min(1, failed / received) * 100,
    })),
  );
  protected readonly most = computed(() =>
    this.words.count('health.most', this.highest(), { n: this.formats.number(this.highest()) }),
  );
  protected readonly label = computed(() => {
    const sum = (of: 'received' | 'failed') =>
      this.minutes().reduce((total, minute) => total + minute[of], 0);
    const failed = sum('failed');
    const received = this.words.count('health.in_an_hour', sum('received'), {
      n: this.formats.number(sum('received')),
    });
    return failed === 0
      ? `${received} ${this.words.say('health.none_failed')}`
      : `${received} ${this.words.count('health.failed_in_an_hour', failed, { n: this.formats.number(failed) })}`;
  });
}
