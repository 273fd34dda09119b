import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  inject,
  input,
  linkedSignal,
  output,
} from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../icon';

/** How long a pause in typing is. */
const PAUSE_MS = 300;

/** A text to search for; asked after a pause in typing, or at once with Enter. */
@Component({
  selector: 'fab-search-box',
  imports: [Icon, TranslatePipe],
  template: `
    <fab-icon class="small" name="search" />
    <input
      #field
      type="search"
      autocomplete="off"
      [attr.aria-label]="label()"
      [placeholder]="label()"
      [value]="typed()"
      [attr.role]="options() ? 'combobox' : null"
      [attr.aria-expanded]="options() ? 'true' : null"
      [attr.aria-controls]="options()?.listId"
      [attr.aria-activedescendant]="options()?.activeId"
      (input)="type(field.value)"
      (keydown.enter)="ask()"
    />
    @if (typed() !== '') {
      <button
        type="button"
        [attr.aria-label]="'list.clear_search' | translate"
        (click)="empty(field)"
      >
        <fab-icon class="small" name="close" />
      </button>
    }
  `,
  styleUrl: './search-box.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SearchBox {
  readonly label = input.required<string>();
  /** What is searched for now. */
  readonly text = input('');
  /** The list of options below it that the arrow keys move in. */
  readonly options = input<{ listId: string; activeId: string | null }>();
  readonly asked = output<string>();

  protected readonly typed = linkedSignal(() => this.text());
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  protected type(text: string): void {
    this.typed.set(text);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  protected ask(): void {
    clearTimeout(this.timer);
    if (this.typed().trim() !== this.text()) this.asked.emit(this.typed().trim());
  }

  protected empty(field: HTMLInputElement): void {
    this.typed.set('');
    this.ask();
    field.focus();
  }
}
