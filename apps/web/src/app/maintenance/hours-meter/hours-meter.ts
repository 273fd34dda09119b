import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { planWear } from '@fabomatic/maintenance';

/** Where "due" stands on the track, so that there is room beyond it. */
const DUE_MARK = 80;
/** From here on the track is amber: somebody should plan the work. */
const NEAR = 0.9;

/** Hours of use towards a plan's interval. The bar ends at 125 %; the number beside it goes on. */
@Component({
  selector: 'fab-hours-meter',
  template: `
    <i></i>
    <b [style.width.%]="fill()"></b>
    @if (isOver()) {
      <s [style.width.%]="over()"></s>
    }
    <u></u>
  `,
  host: {
    role: 'img',
    '[attr.aria-label]': 'percent()',
    '[class.amber]': 'isNear()',
    '[class.stale]': 'stale()',
  },
  styleUrl: './hours-meter.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class HoursMeter {
  /** Seconds of use since the last intervention. */
  readonly elapsedS = input.required<number>();
  readonly intervalS = input.required<number>();
  readonly stale = input(false);

  private readonly wear = computed(() =>
    planWear({ elapsedS: this.elapsedS(), intervalS: this.intervalS() }),
  );
  protected readonly percent = computed(() =>
    Number.isFinite(this.wear()) ? `${Math.round(this.wear() * 100)} %` : '∞',
  );
  protected readonly isNear = computed(() => this.wear() >= NEAR);
  protected readonly isOver = computed(() => this.wear() > 1);
  protected readonly fill = computed(() => Math.min(1, this.wear()) * DUE_MARK);
  protected readonly over = computed(() =>
    Math.min(100 - DUE_MARK, Math.max(4, (this.wear() - 1) * DUE_MARK)),
  );
}
