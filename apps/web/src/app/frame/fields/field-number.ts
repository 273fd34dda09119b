import { ChangeDetectionStrategy, Component, computed, input, linkedSignal } from '@angular/core';
import type { FormField } from '../form/form-field';
import { Field, noteId } from './field';

/**
 * A number with its unit. `scale` is how many of the stored unit make one of the shown: 60 for
 * seconds given in minutes, 3600 in hours. What is no number yet is kept as typed and is not valid.
 */
@Component({
  selector: 'fab-field-number',
  imports: [Field],
  template: `
    <fab-field [field]="field()" [help]="help()" [optional]="optional()">
      <span class="field-box">
        <input
          #control
          inputmode="decimal"
          autocomplete="off"
          [id]="field().id"
          [value]="text()"
          [attr.aria-required]="optional() ? null : true"
          [attr.aria-invalid]="field().error() ? true : null"
          [attr.aria-describedby]="note()"
          (input)="take(control.value)"
          (blur)="field().leave()"
        />
        <span class="unit ink-3">{{ unit() }}</span>
      </span>
    </fab-field>
  `,
  styles: `
    .field-box {
      max-width: 12rem;
    }
    .unit {
      padding-inline-start: var(--s2);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FieldNumber {
  readonly field = input.required<FormField<number | null | undefined>>();
  readonly help = input('');
  readonly optional = input(false);
  /** In the reader's language: 'min', 'hours'. */
  readonly unit = input('');
  readonly scale = input(1);

  protected readonly note = computed(() => noteId(this.field(), this.help()));
  /** What stands in the box: the reader's own writing while it means the field's value. */
  protected readonly text = linkedSignal<number | null | undefined, string>({
    source: () => this.field().value(),
    computation: (value, previous) =>
      previous && Object.is(this.read(previous.value), value ?? undefined)
        ? previous.value
        : this.written(value),
  });

  protected take(text: string): void {
    this.text.set(text);
    const value = this.read(text);
    this.field().set(value ?? (this.optional() ? null : undefined));
  }

  /** '1,5' and '1.5' -> 1.5 times the scale; '' -> undefined; anything else -> NaN. */
  private read(text: string): number | undefined {
    const plain = text.trim().replace(',', '.');
    if (plain === '') return undefined;
    const value = Number(plain) * this.scale();
    return this.scale() === 1 ? value : Math.round(value);
  }

  private written(value: number | null | undefined): string {
    if (value === null || value === undefined || Number.isNaN(value)) return '';
    return String(Math.round((value / this.scale()) * 1000) / 1000);
  }
}
