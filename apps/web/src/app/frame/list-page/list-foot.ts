import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Page } from '@fabomatic/kernel';
import { TranslatePipe } from '@ngx-translate/core';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { Icon } from '../icon';

/** Which part of the list this is, and the way to the next. */
@Component({
  selector: 'fab-list-foot',
  imports: [Icon, RouterLink, TranslatePipe],
  templateUrl: './list-foot.html',
  styles: `
    :host {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: var(--s4);
      padding-top: var(--s3);
      color: var(--ink-3);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ListFoot {
  private readonly formats = inject(Formats);
  private readonly words = inject(Words);
  readonly page = input.required<Page<unknown>>();
  /** '148 members', for a list of one page. */
  readonly summary = input.required<string>();

  protected readonly range = computed(() => {
    const { page, pageSize, items, total } = this.page();
    const from = (page - 1) * pageSize + 1;
    return this.words.say('list.range', {
      from: this.formats.number(from),
      to: this.formats.number(from + items.length - 1),
      total: this.formats.number(total),
    });
  });
  /** The numbers of the neighbouring pages; null where there is none. */
  protected readonly previous = computed(() => {
    const { page } = this.page();
    return page > 1 ? page - 1 : null;
  });
  protected readonly next = computed(() => {
    const { page, pageSize, total } = this.page();
    return page * pageSize < total ? page + 1 : null;
  });
}
