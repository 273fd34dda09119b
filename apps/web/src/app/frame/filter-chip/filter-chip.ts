import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import type { WordKey } from '@fabomatic/i18n';
import { TranslatePipe } from '@ngx-translate/core';
import { Words } from '../../language/words';
import { Icon } from '../icon';
import type { Filterable } from '../list-page/paged-list';

export interface FilterOption {
  value: string;
  label: string;
}

/** One of a few values: label and value; set, it is tinted and carries a cross. */
@Component({
  selector: 'fab-filter-chip',
  imports: [Icon, MatMenuModule, TranslatePipe],
  template: `
    <button
      type="button"
      class="chip"
      [class.set]="isSet()"
      [attr.aria-label]="isSet() ? remove() : null"
      [matMenuTriggerFor]="isSet() ? null : menu"
      (click)="isSet() && choose(null)"
    >
      {{ label() | translate }} <b>{{ isSet() ? shown() : ('list.any' | translate) }}</b>
      <fab-icon class="small" [name]="isSet() ? 'close' : 'arrow-down'" />
    </button>
    <mat-menu #menu="matMenu">
      @for (option of options(); track option.value) {
        <button mat-menu-item (click)="choose(option.value)">{{ option.label }}</button>
      }
    </mat-menu>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FilterChip {
  private readonly words = inject(Words);
  readonly label = input.required<WordKey>();
  readonly list = input.required<Filterable>();
  /** Of the filter, as the API calls it. */
  readonly name = input.required<string>();
  readonly options = input.required<readonly FilterOption[]>();

  private readonly value = computed(() => this.list().filters()[this.name()]);
  /** One button in both states: the focus stays where it is. */
  protected readonly isSet = computed(() => this.value() !== undefined);
  protected readonly shown = computed(() => {
    const value = this.value();
    return this.options().find((option) => option.value === value)?.label ?? value ?? '';
  });
  protected readonly remove = computed(() =>
    this.words.say('list.remove_filter', {
      name: `${this.words.say(this.label())} ${this.shown()}`,
    }),
  );

  protected choose(value: string | null): void {
    this.list().setFilters({ [this.name()]: value });
  }
}
