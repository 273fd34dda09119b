import { ChangeDetectionStrategy, Component, computed, input, linkedSignal } from '@angular/core';
import { Field, noteId } from '../../frame/fields/field';
import type { FormField } from '../../frame/form/form-field';

/** Parts with commas between them, shown one on each line. */
@Component({
  selector: 'fab-setting-list',
  imports: [Field],
  template: `
    <fab-field [field]="field()" [help]="help()">
      <textarea
        #control
        class="field-box"
        rows="3"
        [id]="field().id"
        [value]="lines()"
        [attr.aria-invalid]="field().error() ? true : null"
        [attr.aria-describedby]="note()"
        (input)="take(control.value)"
        (blur)="field().leave()"
      ></textarea>
    </fab-field>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SettingList {
  readonly field = input.required<FormField<string>>();
  readonly help = input('');
  protected readonly note = computed(() => noteId(this.field(), this.help()));
  /** The reader's own lines while they mean what the field holds. */
  protected readonly lines = linkedSignal<string, string>({
    source: () => this.field().value(),
    computation: (value, previous) =>
      previous && joined(previous.value) === joined(value)
        ? previous.value
        : partsOf(value).join('\n'),
  });

  protected take(text: string): void {
    this.lines.set(text);
    this.field().set(joined(text));
  }
}

function partsOf(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function joined(text: string): string {
  return partsOf(text).join(', ');
}
