import {
  afterNextRender,
  booleanAttribute,
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  input,
  linkedSignal,
  signal,
  viewChild,
} from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../frame/icon';
import { Words } from '../language/words';
import { SearchAll } from './search-all';
import { moved } from './search-results';

let nextId = 0;

/**
 * The field that searches over everything, with its results below: a combobox after the ARIA
 * pattern, the focus stays in the field. In the top bar the results float, on a page they stand.
 */
@Component({
  selector: 'fab-search-field',
  imports: [Icon, RouterLink, TranslatePipe],
  providers: [SearchAll],
  templateUrl: './search-field.html',
  styleUrl: './search-field.css',
  host: {
    '[class.standing]': 'standing()',
    '(focusout)': 'leave($event)',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SearchField {
  private readonly router = inject(Router);
  private readonly words = inject(Words);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  protected readonly search = inject(SearchAll);

  /** The results are part of the page. */
  readonly standing = input(false, { transform: booleanAttribute });

  protected readonly id = `search-${nextId++}`;
  private readonly isWanted = signal(false);
  protected readonly isOpen = computed(
    () =>
      this.search.text() !== '' &&
      (this.standing() || this.isWanted()) &&
      (this.search.items().length > 0 || this.search.isEmpty() || this.search.hasFailed()),
  );
  /** The line that Enter opens; the first one, until the arrow keys lead elsewhere. */
  protected readonly active = linkedSignal<unknown, number | null>({
    source: () => this.search.items(),
    computation: () => (this.search.items().length > 0 ? 0 : null),
  });
  protected readonly activeId = computed(() => {
    const at = this.active();
    return at === null || !this.isOpen() ? null : `${this.id}-${at}`;
  });
  /** Read aloud once the answer is there. */
  protected readonly summary = computed(() => {
    if (!this.isOpen()) return '';
    if (this.search.hasFailed()) return this.words.say('list.failed_title');
    if (this.search.isEmpty()) return this.words.say('search.none', { text: this.search.text() });
    return this.words.count('search.found', this.search.items().length);
  });

  constructor() {
    afterNextRender(() => {
      if (this.standing()) this.focus();
    });
  }

  /** False where the field cannot be seen: on a phone. */
  focus(): boolean {
    const field = this.field().nativeElement;
    if (field.offsetParent === null) return false;
    field.focus();
    field.select();
    this.isWanted.set(true);
    return true;
  }

  protected type(text: string): void {
    this.isWanted.set(true);
    this.search.type(text);
  }

  protected press(event: KeyboardEvent): void {
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        this.isWanted.set(true);
        this.active.update((at) =>
          moved(at, event.key === 'ArrowDown' ? 1 : -1, this.search.items().length),
        );
        this.showActive();
        break;
      case 'Enter': {
        const item = this.search.items().find(({ at }) => at === this.active());
        if (item && this.isOpen()) void this.open(item.path);
        break;
      }
      case 'Escape':
        // First the results close, then the text goes.
        if (this.isWanted() && this.isOpen() && !this.standing()) this.isWanted.set(false);
        else this.empty();
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  protected async open(path: string): Promise<void> {
    this.empty();
    this.field().nativeElement.blur();
    await this.router.navigateByUrl(path);
  }

  protected empty(): void {
    this.field().nativeElement.value = '';
    this.search.forget();
    this.isWanted.set(false);
  }

  protected leave({ relatedTarget }: FocusEvent): void {
    const isInside =
      relatedTarget instanceof Node && this.host.nativeElement.contains(relatedTarget);
    if (!isInside) this.isWanted.set(false);
  }

  private showActive(): void {
    const id = this.activeId();
    if (id !== null) document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
  }
}
