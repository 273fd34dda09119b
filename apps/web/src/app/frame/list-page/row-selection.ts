import { computed, linkedSignal, type Signal } from '@angular/core';

/** The ticked rows of the page that is shown; another page starts with none. */
export class RowSelection<T extends { id: number }> {
  private readonly ids = linkedSignal<readonly number[], ReadonlySet<number>>({
    source: () => this.items().map(({ id }) => id),
    computation: (ids, previous) => new Set(ids.filter((id) => previous?.value.has(id))),
  });

  constructor(private readonly items: Signal<readonly T[]>) {}

  readonly chosen = computed(() => this.items().filter(({ id }) => this.ids().has(id)));
  readonly isAll = computed(
    () => this.items().length > 0 && this.chosen().length === this.items().length,
  );

  has(id: number): boolean {
    return this.ids().has(id);
  }

  toggle(id: number): void {
    this.ids.update((ids) => {
      const next = new Set(ids);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }

  toggleAll(): void {
    this.ids.set(this.isAll() ? new Set() : new Set(this.items().map(({ id }) => id)));
  }

  clear(): void {
    this.ids.set(new Set());
  }
}
