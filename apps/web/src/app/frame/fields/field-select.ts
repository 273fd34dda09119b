import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { FormField } from '../form/form-field';
import { Field, noteId } from './field';

export interface Choice<V extends string | number> {
  value: V;
  /** In the reader's language. */
  label: string;
  /** A second line, for radio cards. */
  text?: string;
}

/** One of a handful of values, in the browser's own list. Where it is optional, none means null. */
@Component({
  selector: 'fab-field-select',
  imports: [Field, TranslatePipe],
  template: `
    <fab-field [field]="field()" [help]="help()" [optional]="optional()">
      <select
        #control
        class="field-box"
        [id]="field().id"
        [attr.aria-required]="optional() ? null : true"
        [attr.aria-invalid]="field().error() ? true : null"
        [attr.aria-describedby]="note()"
        (change)="take(control.selectedIndex)"
        (blur)="field().leave()"
      >
        @if (hasNone()) {
          <option value="" [selected]="place() === -1">
            {{ 'form.none_chosen' | translate }}
          </option>
        }
        @for (choice of choices(); track choice.value; let at = $index) {
          <option [value]="choice.value" [selected]="place() === at">{{ choice.label }}</option>
        }
      </select>
    </fab-field>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FieldSelect<V extends string | number> {
  readonly field = input.required<FormField<V | null | undefined>>();
  readonly choices = input.required<readonly Choice<V>[]>();
  readonly help = input('');
  readonly optional = input(false);

  protected readonly note = computed(() => noteId(this.field(), this.help()));
  protected readonly place = computed(() =>
    this.choices().findIndex(({ value }) => value === this.field().value()),
  );
  protected readonly hasNone = computed(() => this.optional() || this.place() === -1);

  protected take(selected: number): void {
    const choice = this.choices()[this.hasNone() ? selected - 1 : selected];
    this.field().set(choice?.value ?? (this.optional() ? null : undefined));
  }
}
