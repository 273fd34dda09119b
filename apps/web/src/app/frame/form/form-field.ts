import { computed, DOCUMENT, inject } from '@angular/core';
import type { WordKey } from '@fabomatic/i18n';

/** Where the values of fields are kept: the form. */
export interface FieldHolder {
  valueOf(name: string): unknown;
  setValue(name: string, value: unknown): void;
  leave(name: string): void;
  messageOf(name: string): string;
}

let count = 0;

/** One field of a form, as the components of `frame/fields` take it. */
export class FormField<T> {
  /** Of the control in the page; links of the save bar and labels lead to it. */
  readonly id: string;
  private readonly document = inject(DOCUMENT);

  constructor(
    readonly name: string,
    readonly label: WordKey,
    private readonly form: FieldHolder,
  ) {
    this.id = `field-${name}-${(count += 1)}`;
  }

  readonly value = computed(() => this.form.valueOf(this.name) as T);
  /** The sentence to show; empty: none. */
  readonly error = computed(() => this.form.messageOf(this.name));

  set(value: T): void {
    this.form.setValue(this.name, value);
  }

  /** The reader went on: from now on it says what is wrong with it. */
  leave(): void {
    this.form.leave(this.name);
  }

  focus(): void {
    this.document.getElementById(this.id)?.focus();
  }
}
