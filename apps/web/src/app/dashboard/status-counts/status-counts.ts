import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import type { MachineStatus } from '@fabomatic/machines';
import { TranslatePipe } from '@ngx-translate/core';
import { Formats } from '../../language/formats';
import { StatusGlyph } from '../../machines/status-glyph/status-glyph';
import { COUNT_ORDER } from '../dashboard-groups';

/** How many machines have each status; a press shows only those, a second press all again. */
@Component({
  selector: 'fab-status-counts',
  imports: [StatusGlyph, TranslatePipe],
  // i18n-keys: status.*
  template: `
    <div class="cells" role="group" [attr.aria-label]="'dashboard.counts' | translate">
      @for (cell of cells(); track cell.status) {
        <button
          type="button"
          [attr.aria-pressed]="cell.status === only()"
          (click)="onlyChosen.emit(cell.status === only() ? null : cell.status)"
        >
          <fab-status-glyph [status]="cell.status" [stale]="stale()" />
          <span class="count num">{{ cell.count }}</span>
          <span class="word">{{ 'status.' + cell.status | translate }}</span>
        </button>
      }
    </div>
  `,
  styleUrl: './status-counts.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StatusCounts {
  private readonly formats = inject(Formats);
  readonly counts = input.required<Record<MachineStatus, number>>();
  readonly only = input<MachineStatus | null>(null);
  readonly stale = input(false);
  readonly onlyChosen = output<MachineStatus | null>();

  protected readonly cells = computed(() =>
    COUNT_ORDER.map((status) => ({ status, count: this.formats.number(this.counts()[status]) })),
  );
}
