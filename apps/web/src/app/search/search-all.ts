import { httpResource } from '@angular/common/http';
import { computed, DestroyRef, inject, Injectable, linkedSignal, signal } from '@angular/core';
import { SearchResults } from '@fabomatic/members';
import { Words } from '../language/words';
import { foundGroups } from './search-results';

/** How long a pause in typing is. */
const PAUSE_MS = 150;

/** What is being searched for over everything, and what was found; one for each field. */
@Injectable()
export class SearchAll {
  private readonly words = inject(Words);
  private readonly asked = signal('');
  private timer: ReturnType<typeof setTimeout> | undefined;

  private readonly answer = httpResource(
    () =>
      this.asked() === '' ? undefined : { url: '/api/v1/search', params: { q: this.asked() } },
    { parse: (body) => SearchResults.parse(body) },
  );
  /** What was found stays until the next answer is there, so that nothing flickers. */
  private readonly results = linkedSignal<
    { asked: string; value: SearchResults | null },
    SearchResults | null
  >({
    source: () => ({
      asked: this.asked(),
      value: this.answer.hasValue() ? this.answer.value() : null,
    }),
    computation: ({ asked, value }, before) =>
      asked === '' ? null : (value ?? before?.value ?? null),
  });

  readonly text = this.asked.asReadonly();
  readonly hasFailed = computed(() => this.asked() !== '' && this.answer.error() !== undefined);
  readonly groups = computed(() => {
    const results = this.results();
    if (results === null || this.hasFailed()) return [];
    return foundGroups(results, (ending) => this.words.say('event.card', { ending }));
  });
  readonly items = computed(() => this.groups().flatMap(({ items }) => items));
  readonly isEmpty = computed(
    () => this.asked() !== '' && this.answer.hasValue() && this.items().length === 0,
  );

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  type(text: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.asked.set(text.trim().slice(0, 100)), PAUSE_MS);
  }

  forget(): void {
    clearTimeout(this.timer);
    this.asked.set('');
  }
}
