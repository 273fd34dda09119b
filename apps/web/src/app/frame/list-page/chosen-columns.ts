import { computed, type Signal, signal } from '@angular/core';
import * as z from 'zod';
import { readStored, writeStored } from '../browser-storage';
import type { ListColumn } from './list-templates';

/** Heading of a column -> whether the reader wants it; what is not in it is as the page has it. */
const Choice = z.record(z.string(), z.boolean());

function stored(key: string): z.infer<typeof Choice> {
  try {
    return Choice.safeParse(JSON.parse(readStored(key) ?? '{}')).data ?? {};
  } catch {
    return {}; // not JSON: written by something else
  }
}

/** Which columns of a list are shown; kept in this browser, one entry for each list. */
export class ChosenColumns<T> {
  private readonly choice = computed(() => signal(stored(this.key())));

  constructor(
    private readonly columns: Signal<readonly ListColumn<T>[]>,
    private readonly name: Signal<string>,
  ) {}

  /** Those that can be taken away: not the first, which names the row, and not those without heading. */
  readonly optional = computed(() =>
    this.columns().filter((column, place) => place > 0 && !column.hideHeading()),
  );
  readonly shown = computed(() => this.columns().filter((column) => this.isShown(column)));

  isShown(column: ListColumn<T>): boolean {
    const chosen = this.choice()()[column.heading()];
    if (!this.optional().includes(column)) return true;
    return chosen ?? !column.startsHidden();
  }

  toggle(column: ListColumn<T>): void {
    const isShown = this.isShown(column);
    this.choice().update((choice) => ({ ...choice, [column.heading()]: !isShown }));
    writeStored(this.key(), JSON.stringify(this.choice()()));
  }

  private key(): string {
    return `fabomatic.columns.${this.name()}`;
  }
}
