import { ChangeDetectionStrategy, Component, input, model } from '@angular/core';
import type { MachineStatus } from '@fabomatic/machines';
import { TranslatePipe } from '@ngx-translate/core';
import { StatusGlyph } from '../../machines/status-glyph/status-glyph';

/** In the order in which the dashboard shows them. */
const SHOWN: readonly MachineStatus[] = ['in-use', 'free', 'maintenance', 'blocked', 'offline'];

/** How many machines are in each status; a press shows only those. */
@Component({
  selector: 'fab-status-counts',
  imports: [StatusGlyph, TranslatePipe],
  // i18n-keys: status.*
  template: `
    @for (status of statuses; track status) {
      <button
        type="button"
        [attr.aria-pressed]="chosen() === status"
        (click)="chosen.set(chosen() === status ? null : status)"
      >
        <fab-status-glyph [status]="status" class="large" />
        <span class="count num">{{ counts()[status] }}</span>
        <span class="word">{{ 'status.' + status | translate }}</span>
      </button>
    }
  `,
  styleUrl: './status-counts.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StatusCounts {
  readonly counts = input.required<Readonly<Record<MachineStatus, number>>>();
  readonly chosen = model<MachineStatus | null>(null);
  protected readonly statuses = SHOWN;
}
