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
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { Icon } from '../icon';
import { ScreenWidth } from '../screen-width';
import { ListColumn, PhoneRow } from './list-templates';
import type { PagedList } from './paged-list';

/**
 * A list of the portal: title with count, actions (`[actions]`), filters (`[filters]`), a table on
 * wide screens and two-line rows on a phone, and the states that every list has.
 */
@Component({
  selector: 'fab-list-page',
  imports: [Icon, NgTemplateOutlet, RouterLink, TranslatePipe],
  templateUrl: './list-page.html',
  styleUrl: './list-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ListPage<T extends { id: number }> {
  private readonly formats = inject(Formats);
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

  protected readonly columns = contentChildren<ListColumn<T>>(ListColumn);
  protected readonly phoneRow = contentChild.required<PhoneRow<T>>(PhoneRow);

  protected readonly page = computed(() => this.list().page());
  protected readonly hasFilters = computed(() => Object.keys(this.list().filters()).length > 0);
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
    return this.hasFilters() ? 'none-match' : 'empty';
  });
  protected readonly errorText = computed(() => {
    const error = this.list().error();
    return error === null ? '' : this.words.error(error.code, error.params);
  });
  protected readonly range = computed(() => {
    const page = this.page();
    if (!page) return '';
    const from = (page.page - 1) * page.pageSize + 1;
    return this.words.say('list.range', {
      from: this.formats.number(from),
      to: this.formats.number(from + page.items.length - 1),
      total: this.formats.number(page.total),
    });
  });
  /** The numbers of the neighbouring pages; null where there is none. */
  protected readonly previous = computed(() => {
    const page = this.page();
    return page && page.page > 1 ? page.page - 1 : null;
  });
  protected readonly next = computed(() => {
    const page = this.page();
    return page && page.page * page.pageSize < page.total ? page.page + 1 : null;
  });
}
