import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { CountedKey, WordKey } from '@fabomatic/i18n';
import { TranslatePipe } from '@ngx-translate/core';
import { Words } from '../../language/words';
import { Icon } from '../icon';
import type { PagedList } from './paged-list';

/**
 * The one pattern of all lists: title with count, the rows that the page gives as its content, and
 * what to say while they load, when there are none and when they did not load. The page number
 * stands in the URL.
 */
@Component({
  selector: 'fab-list-page',
  imports: [Icon, RouterLink, TranslatePipe],
  templateUrl: './list-page.html',
  styleUrl: './list-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ListPage {
  protected readonly words = inject(Words);

  readonly list = input.required<PagedList>();
  readonly summary = input.required<CountedKey>();
  readonly heading = input.required<WordKey>();
  readonly emptyTitle = input.required<WordKey>();
  readonly emptyText = input.required<WordKey>();

  protected readonly first = computed(() => (this.list().number() - 1) * this.list().pageSize + 1);
  protected readonly last = computed(() =>
    Math.min(this.list().total(), this.first() + this.list().pageSize - 1),
  );
  protected readonly hasNext = computed(() => this.last() < this.list().total());
  protected readonly skeleton = [1, 2, 3, 4, 5];
}
