import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { FormField } from '../form/form-field';
import { Field, noteId } from './field';

/** Text of several lines. Where it is optional, emptying it means null. */
@Component({
  selector: 'fab-field-area',
  imports: [Field],
  template: `
    <fab-field [field]="field()" [help]="help()" [optional]="optional()">
      <textarea
        #control
        class="field-box"
        [id]="field().id"
        [rows]="rows()"
        [value]="field().value() ?? ''"
        [attr.aria-required]="optional() ? null : true"
        [attr.aria-invalid]="field().error() ? true : null"
        [attr.aria-describedby]="note()"
        (input)="take(control.value)"
        (blur)="field().leave()"
      ></textarea>
    </fab-field>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FieldArea {
  readonly field = input.required<FormField<string | null | undefined>>();
  readonly help = input('');
  readonly optional = input(false);
  readonly rows = input(4);
  protected readonly note = computed(() => noteId(this.field(), this.help()));

  protected take(text: string): void {
    this.field().set(text === '' && this.optional() ? null : text);
  }
}
