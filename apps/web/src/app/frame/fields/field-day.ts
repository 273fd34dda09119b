import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { FormField } from '../form/form-field';
import { Field, noteId } from './field';

/** A day of the calendar, '2026-11-24', in no time zone. Optional and empty: null. */
@Component({
  selector: 'fab-field-day',
  imports: [Field],
  template: `
    <fab-field [field]="field()" [help]="help()" [optional]="optional()">
      <input
        #control
        class="field-box"
        type="date"
        max="9999-12-31"
        [id]="field().id"
        [value]="field().value() ?? ''"
        [attr.aria-required]="optional() ? null : true"
        [attr.aria-invalid]="field().error() ? true : null"
        [attr.aria-describedby]="note()"
        (change)="take(control.value)"
        (blur)="field().leave()"
      />
    </fab-field>
  `,
  styles: `
    .field-box {
      max-width: 12rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FieldDay {
  readonly field = input.required<FormField<string | null | undefined>>();
  readonly help = input('');
  readonly optional = input(false);

  protected readonly note = computed(() => noteId(this.field(), this.help()));

  protected take(text: string): void {
    this.field().set(text === '' ? (this.optional() ? null : undefined) : text);
  }
}
