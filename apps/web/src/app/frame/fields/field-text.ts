import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { FormField } from '../form/form-field';
import { Field, noteId } from './field';

/** One line of text. Where it is optional, emptying it means null. */
@Component({
  selector: 'fab-field-text',
  imports: [Field],
  template: `
    <fab-field [field]="field()" [help]="help()" [optional]="optional()">
      <input
        #control
        class="field-box"
        [id]="field().id"
        [type]="type()"
        [autocomplete]="autocomplete()"
        [attr.list]="suggestions()"
        [value]="field().value() ?? ''"
        [attr.aria-required]="optional() ? null : true"
        [attr.aria-invalid]="field().error() ? true : null"
        [attr.aria-describedby]="note()"
        (input)="take(control.value)"
        (blur)="field().leave()"
      />
    </fab-field>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FieldText {
  readonly field = input.required<FormField<string | null | undefined>>();
  readonly help = input('');
  readonly optional = input(false);
  readonly type = input<'text' | 'email' | 'tel' | 'url' | 'password'>('text');
  /** Id of a `datalist`. */
  readonly suggestions = input<string | null>(null);
  readonly autocomplete = input<AutoFill>('off');
  protected readonly note = computed(() => noteId(this.field(), this.help()));

  protected take(text: string): void {
    this.field().set(text === '' && this.optional() ? null : text);
  }
}
