import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import type { MachineStatus } from '@fabomatic/machines';
import { TranslatePipe } from '@ngx-translate/core';
import { StatusGlyph } from './status-glyph';

/** Glyph and word of a status, in a line of text or in a cell. */
@Component({
  selector: 'fab-status-mark',
  imports: [StatusGlyph, TranslatePipe],
  // i18n-keys: status.*
  template: `
    <fab-status-glyph [status]="status()" [stale]="stale()" />
    {{ 'status.' + status() | translate }}
  `,
  host: { '[class]': 'status()', '[class.stale]': 'stale()' },
  styles: `
    :host {
      display: flex;
      width: fit-content;
      align-items: center;
      gap: var(--s2);
      font-weight: var(--w-mid);
      white-space: nowrap;
      color: var(--ink-2);
    }
    :host(.in-use) {
      color: var(--use-ink);
    }
    :host(.maintenance) {
      color: var(--maint-ink);
    }
    :host(.blocked) {
      color: var(--block-ink);
    }
    :host(.offline),
    :host(.stale) {
      color: var(--off);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StatusMark {
  readonly status = input.required<MachineStatus>();
  readonly stale = input(false);
}
