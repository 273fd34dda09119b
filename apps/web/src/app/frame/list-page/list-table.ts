import { NgTemplateOutlet } from '@angular/common';
import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../icon';
import type { PageAction } from '../page-action';
import type { ListColumn } from './list-templates';
import type { PagedList } from './paged-list';
import { RowMenu } from './row-menu';
import type { RowSelection } from './row-selection';

/** The table of a list on a wide screen. */
@Component({
  selector: 'fab-list-table',
  imports: [Icon, NgTemplateOutlet, RouterLink, RowMenu, TranslatePipe],
  templateUrl: './list-table.html',
  styleUrl: './list-table.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ListTable<T extends { id: number }> {
  readonly list = input.required<PagedList<T>>();
  readonly columns = input.required<readonly ListColumn<T>[]>();
  readonly twoLines = input(false);
  readonly rowLink = input<(item: T) => string | readonly unknown[]>();
  readonly rowActions = input<(item: T) => readonly PageAction[]>();
  /** Null where nothing is done with several rows. */
  readonly selection = input<RowSelection<T> | null>(null);

  /** What a heading tells a screen reader; null where it does not sort. */
  protected order(column: ListColumn<T>): 'ascending' | 'descending' | 'none' | null {
    const name = column.sort();
    if (name === undefined) return null;
    const sort = this.list().sort();
    if (sort === name) return 'ascending';
    return sort === `-${name}` ? 'descending' : 'none';
  }
}
