import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { WordKey } from '@fabomatic/i18n';
import { TranslatePipe } from '@ngx-translate/core';
import { Formats } from '../../language/formats';
import { LabTime } from '../../language/lab-time';
import { Words } from '../../language/words';
import type { Filterable } from '../list-page/paged-list';
import { PanelChip } from './panel-chip';

/** From one day to another, both included, in the lab's time zone; either may be left open. */
@Component({
  selector: 'fab-date-filter-chip',
  imports: [PanelChip, TranslatePipe],
  template: `
    <fab-panel-chip #chip [label]="label()" [shown]="shown()" (cleared)="set('', '')">
      <form
        class="days"
        (submit)="$event.preventDefault(); set(first.value, last.value); chip.close()"
      >
        <label class="field-label">
          {{ 'list.from' | translate }}
          <input #first class="field-box" type="date" [value]="day(from())" />
        </label>
        <label class="field-label">
          {{ 'list.to' | translate }}
          <input #last class="field-box" type="date" [value]="day(to())" />
        </label>
        <button type="submit" class="btn primary">{{ 'list.apply' | translate }}</button>
      </form>
    </fab-panel-chip>
  `,
  styles: `
    .days {
      display: grid;
      gap: var(--s3);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DateFilterChip {
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);
  private readonly time = inject(LabTime);

  readonly label = input.required<WordKey>();
  readonly list = input.required<Filterable>();
  /** Names of the two filters, as the API calls them. */
  readonly from = input('from');
  readonly to = input('to');

  protected readonly shown = computed(() => {
    const filters = this.list().filters();
    const [from, to] = [filters[this.from()], filters[this.to()]].map((iso) =>
      iso === undefined || Number.isNaN(Date.parse(iso)) ? '' : this.formats.date(iso),
    );
    if (from && to) return `${from} – ${to}`;
    if (from) return this.words.say('list.from_day', { day: from });
    return to ? this.words.say('list.to_day', { day: to }) : '';
  });

  /** '2026-11-24' for the input. */
  protected day(name: string): string {
    const iso = this.list().filters()[name];
    if (iso === undefined || Number.isNaN(Date.parse(iso))) return '';
    return this.time.toWallClock(iso).slice(0, 10);
  }

  protected set(first: string, last: string): void {
    this.list().setFilters({
      [this.from()]: this.time.fromWallClock(`${first}T00:00:00`),
      [this.to()]: this.time.fromWallClock(`${last}T23:59:59`),
    });
  }
}
