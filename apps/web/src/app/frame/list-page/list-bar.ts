import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import type { WordKey } from '@fabomatic/i18n';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../icon';
import { SearchBox } from '../search-box/search-box';
import type { ChosenColumns } from './chosen-columns';
import type { PagedList } from './paged-list';
import { SortChip, type SortChoice } from './sort-chip';

/** Above a list: search, the filters (projected), the order where there are no headings, and which columns are shown. */
@Component({
  selector: 'fab-list-bar',
  imports: [Icon, MatMenuModule, SearchBox, SortChip, TranslatePipe],
  template: `
    @if (searchLabel(); as label) {
      <fab-search-box
        [label]="label | translate"
        [text]="list().text()"
        (asked)="list().search($event)"
      />
    }
    <div class="chips" role="group" [attr.aria-label]="'list.filters' | translate">
      <ng-content />
      @if (sortable().length > 0) {
        <fab-sort-chip [list]="list()" [choices]="sortable()" />
      }
      @if (list().isNarrowed()) {
        <button type="button" class="link-btn clear" (click)="list().clearFilters()">
          {{ 'list.clear' | translate }}
        </button>
      }
    </div>
    @if (columns(); as columns) {
      <button
        type="button"
        class="icon-btn"
        [matMenuTriggerFor]="menu"
        [attr.aria-label]="'list.columns' | translate"
        [title]="'list.columns' | translate"
      >
        <fab-icon name="columns" />
      </button>
      <mat-menu #menu="matMenu" xPosition="before">
        @for (column of columns.optional(); track column) {
          <button
            mat-menu-item
            role="menuitemcheckbox"
            [attr.aria-checked]="columns.isShown(column)"
            (click)="keepOpen($event); columns.toggle(column)"
          >
            <fab-icon name="check" [style.visibility]="columns.isShown(column) ? null : 'hidden'" />
            {{ column.heading() | translate }}
          </button>
        }
      </mat-menu>
    }
  `,
  styleUrl: './list-bar.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ListBar<T> {
  readonly list = input.required<PagedList<T>>();
  readonly searchLabel = input<WordKey>();
  /** Null where there is nothing to choose from. */
  readonly columns = input<ChosenColumns<T> | null>(null);
  /** What can be sorted by; none where headings do it. */
  readonly sortable = input<readonly SortChoice[]>([]);

  /** Several columns are ticked in one go. */
  protected keepOpen(event: Event): void {
    event.stopPropagation();
  }
}
