import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import type { MachineStatus } from '@fabomatic/machines';

/** The mark of a status: five outlines that differ without colour. The word stands beside it. */
@Component({
  selector: 'fab-status-glyph',
  templateUrl: './status-glyph.svg',
  host: { '[class]': 'status()', '[class.stale]': 'stale()' },
  styles: `
    :host {
      display: block;
      flex: none;
      width: var(--glyph-size, 1.25rem);
      height: var(--glyph-size, 1.25rem);
      --gi: var(--surface);
    }
    :host(.small) {
      --glyph-size: 1rem;
    }
    :host(.large) {
      --glyph-size: 1.75rem;
    }
    :host(.in-use) {
      color: var(--use);
      --gi: var(--on-use);
    }
    :host(.free) {
      color: var(--ink-3);
      --gi: var(--ink);
    }
    :host(.maintenance) {
      color: var(--maint);
      --gi: var(--on-maint);
    }
    :host(.blocked) {
      color: var(--block);
      --gi: var(--on-block);
    }
    :host(.offline) {
      color: var(--off);
      --gi: var(--off);
    }
    :host(.stale) {
      color: var(--off);
      --gi: var(--surface);
    }
    :host(.stale.free),
    :host(.stale.offline) {
      --gi: var(--off);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StatusGlyph {
  readonly status = input.required<MachineStatus>();
  /** The shape stays, the colour goes. */
  readonly stale = input(false);
}
