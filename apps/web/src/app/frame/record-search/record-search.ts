import {
  ChangeDetectionStrategy,
  Component,
  computed,
  input,
  linkedSignal,
  output,
  signal,
} from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { SearchBox } from '../search-box/search-box';
import { type RecordOption, recordOptions, type RecordSource } from './record-source';

let count = 0;

/** Search and pick: a box, and below it what fits. Arrow keys move, Enter picks. */
@Component({
  selector: 'fab-record-search',
  imports: [SearchBox, TranslatePipe],
  templateUrl: './record-search.html',
  styleUrl: './record-search.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RecordSearch {
  readonly source = input.required<RecordSource>();
  readonly picked = output<RecordOption>();

  protected readonly id = `fab-record-search-${(count += 1)}`;
  protected readonly text = signal('');
  protected readonly found = recordOptions(this.source, this.text);
  /** Place of the option that Enter picks. */
  protected readonly place = linkedSignal({ source: this.found.options, computation: () => 0 });
  protected readonly activeId = computed(() =>
    this.found.options().length > 0 ? `${this.id}-${this.place()}` : null,
  );

  protected move(event: Event, by: 1 | -1): void {
    event.preventDefault();
    const last = this.found.options().length - 1;
    this.place.update((place) => Math.min(last, Math.max(0, place + by)));
  }

  protected pickActive(event: Event): void {
    event.preventDefault();
    const option = this.found.options()[this.place()];
    if (option && !this.found.isLoading()) this.picked.emit(option);
  }
}
