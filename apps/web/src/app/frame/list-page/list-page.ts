import { NgTemplateOutlet } from '@angular/common';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  contentChild,
  contentChildren,
  inject,
  input,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import type { CountedKey, WordKey } from '@fabomatic/i18n';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../../auth/current-member';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { ActionButton } from '../action-button/action-button';
import { ExportButton } from '../export-button/export-button';
import { Icon } from '../icon';
import type { BulkAction, PageAction } from '../page-action';
import { type PageTab, PageTabs } from '../page-tabs/page-tabs';
import { ScreenWidth } from '../screen-width';
import { ChosenColumns } from './chosen-columns';
import { ListBar } from './list-bar';
import { ListFoot } from './list-foot';
import { ListTable } from './list-table';
import { ListColumn, PhoneRow } from './list-templates';
import type { PagedList } from './paged-list';
import { RowMenu } from './row-menu';
import { RowSelection } from './row-selection';
import type { SortChoice } from './sort-chip';

/**
 * A list of the portal: title with count, actions, search and filters (`[filters]`), a table on
 * wide screens and two-line rows on a phone, and the states that every list has. CONTRIBUTING.md
 * shows one.
 */
@Component({
  selector: 'fab-list-page',
  imports: [
    ActionButton,
    ExportButton,
    Icon,
    ListBar,
    ListFoot,
    ListTable,
    NgTemplateOutlet,
    PageTabs,
    RouterLink,
    RowMenu,
    TranslatePipe,
  ],
  templateUrl: './list-page.html',
  styleUrl: './list-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ListPage<T extends { id: number }> {
  private readonly formats = inject(Formats);
  private readonly member = inject(CurrentMember);
  protected readonly words = inject(Words);
  protected readonly isPhone = inject(ScreenWidth).isPhone;

  readonly list = input.required<PagedList<T>>();
  readonly heading = input.required<WordKey>();
  /** Holds `one` and `other`: '148 members'. */
  readonly summary = input.required<CountedKey>();
  readonly emptyTitle = input.required<WordKey>();
  /** What to do first. */
  readonly emptyText = input.required<WordKey>();
  readonly twoLines = input(false);
  /** Pages that share the entry of the navigation. */
  readonly tabs = input<readonly PageTab[]>();
  /** The one thing that is done here most; offered below an empty list too. */
  readonly primary = input<PageAction>();
  /** What is searched in ('Name, card, email'); with it there is a search box (`q`). */
  readonly searchLabel = input<WordKey>();
  /** `/api/v1/exports/<name>.xlsx`: offers what is shown as a file. */
  readonly exportUrl = input<string>();
  /** Where a row leads. */
  readonly rowLink = input<(item: T) => string | readonly unknown[]>();
  /** What else can be done with a row. */
  readonly rowActions = input<(item: T) => readonly PageAction[]>();
  /** With one that the reader may do, rows can be ticked (wide screens only). */
  readonly bulkActions = input<readonly BulkAction<T>[]>([]);

  private readonly allColumns = contentChildren<ListColumn<T>>(ListColumn);
  protected readonly phoneRow = contentChild.required<PhoneRow<T>>(PhoneRow);

  protected readonly page = computed(() => this.list().page());
  protected readonly columns = new ChosenColumns(this.allColumns, this.heading);
  private readonly selection = new RowSelection<T>(computed(() => this.page()?.items ?? []));
  protected readonly permittedBulk = computed(() =>
    this.bulkActions().filter(({ permission }) => this.member.may(permission)),
  );
  protected readonly ticks = computed(() =>
    this.permittedBulk().length > 0 ? this.selection : null,
  );
  protected readonly offeredColumns = computed(() =>
    this.state() === 'filled' && !this.isPhone() && this.columns.optional().length > 1
      ? this.columns
      : null,
  );
  /** On a phone there are no headings to press. */
  protected readonly sortable = computed<SortChoice[]>(() => {
    if (this.state() !== 'filled' || !this.isPhone()) return [];
    return this.allColumns().flatMap((column) => {
      const sort = column.sort();
      return sort === undefined ? [] : [{ sort, heading: column.heading() }];
    });
  });
  protected readonly total = computed(() => {
    const page = this.page();
    return page ? this.formats.number(page.total) : '';
  });
  protected readonly summaryText = computed(() => {
    const page = this.page();
    if (!page) return '';
    return this.words.count(this.summary(), page.total, { n: this.formats.number(page.total) });
  });
  protected readonly state = computed(() => {
    const page = this.page();
    if (this.list().error() !== null) return 'failed';
    if (!page) return 'loading';
    if (page.items.length > 0) return 'filled';
    if (page.total > 0) return 'past-end';
    return this.list().isNarrowed() ? 'none-match' : 'empty';
  });
  protected readonly errorText = computed(() => {
    const error = this.list().error();
    return error === null ? '' : this.words.error(error.code, error.params);
  });
}
