import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { WordKey } from '@fabomatic/i18n';
import type { Filterable } from '../list-page/paged-list';
import { RecordSearch } from '../record-search/record-search';
import { recordLabel, type RecordSource } from '../record-search/record-source';
import { PanelChip } from './panel-chip';

/** One of many records, found by typing: members, machines. The filter holds its id. */
@Component({
  selector: 'fab-record-filter-chip',
  imports: [PanelChip, RecordSearch],
  template: `
    <fab-panel-chip #chip [label]="label()" [shown]="shown()" (cleared)="choose(null)">
      <fab-record-search [source]="source()" (picked)="choose($event.id); chip.close()" />
    </fab-panel-chip>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RecordFilterChip {
  readonly label = input.required<WordKey>();
  readonly list = input.required<Filterable>();
  /** Of the filter, as the API calls it. */
  readonly name = input.required<string>();
  readonly source = input.required<RecordSource>();

  private readonly id = computed(() => Number(this.list().filters()[this.name()]) || null);
  protected readonly shown = recordLabel(this.source, this.id);

  protected choose(id: number | null): void {
    this.list().setFilters({ [this.name()]: id === null ? null : String(id) });
  }
}
