import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import type { WordKey } from '@fabomatic/i18n';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../icon';
import type { PagedList } from './paged-list';

export interface SortChoice {
  /** As the API calls it. */
  readonly sort: string;
  readonly heading: WordKey;
}

/** The order of a list that has no headings to press. The same one again turns it round. */
@Component({
  selector: 'fab-sort-chip',
  imports: [Icon, MatMenuModule, TranslatePipe],
  template: `
    <button type="button" class="chip" [matMenuTriggerFor]="menu">
      {{ 'list.sort' | translate }}
      @if (current(); as choice) {
        <b>{{ choice.heading | translate }}</b>
      }
      <fab-icon class="small" [name]="icon()" />
      &ngsp;<span class="only-read-aloud">{{ direction() | translate }}</span>
    </button>
    <mat-menu #menu="matMenu">
      @for (choice of choices(); track choice.sort) {
        <button
          mat-menu-item
          role="menuitemradio"
          [attr.aria-checked]="choice === current()"
          (click)="list().sortBy(choice.sort)"
        >
          <fab-icon [name]="icon()" [style.visibility]="choice === current() ? null : 'hidden'" />
          {{ choice.heading | translate }}
        </button>
      }
    </mat-menu>
  `,
  styles: `
    /* What is only read aloud stays within the row that scrolls. */
    .chip {
      position: relative;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SortChip<T> {
  readonly list = input.required<PagedList<T>>();
  readonly choices = input.required<readonly SortChoice[]>();

  private readonly isFalling = computed(() => this.list().sort().startsWith('-'));
  protected readonly icon = computed(() =>
    this.isFalling() ? ('sort-falling' as const) : ('sort-rising' as const),
  );
  protected readonly direction = computed(() =>
    this.isFalling() ? ('list.falling' as const) : ('list.rising' as const),
  );
  protected readonly current = computed(() => {
    const name = this.list().sort().replace(/^-/, '');
    return this.choices().find(({ sort }) => sort === name);
  });
}
