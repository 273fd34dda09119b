import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** Where the due mark stands, in per cent of the width: the rest is room for the over-run. */
const DUE_AT = 80;
const NEAR = 0.9;

/** Hours since the last maintenance against the plan's interval, as a bar with a due mark. */
@Component({
  selector: 'fab-hours-meter',
  template: `<i></i><b [style.width.%]="width()"></b><u></u>`,
  host: { '[class.near]': 'isNear()', 'aria-hidden': 'true' },
  styles: `
    :host {
      position: relative;
      display: block;
      height: 0.5rem;
      margin: var(--s2) 0;
    }
    i,
    b {
      position: absolute;
      inset: 1px auto 1px 0;
      border-radius: 3px;
    }
    i {
      width: 100%;
      background: var(--line);
    }
    b {
      background: var(--ink-3);
    }
    :host(.near) b {
      background: var(--maint);
    }
    u {
      position: absolute;
      inset: -3px auto -3px 80%;
      width: 2px;
      background: var(--ink);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class HoursMeter {
  readonly elapsedS = input.required<number>();
  readonly intervalS = input.required<number>();
  protected readonly wear = computed(() => this.elapsedS() / this.intervalS());
  protected readonly isNear = computed(() => this.wear() >= NEAR);
  protected readonly width = computed(() => Math.min(100, this.wear() * DUE_AT));
}
