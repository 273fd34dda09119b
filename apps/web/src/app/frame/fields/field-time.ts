import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { LabTime } from '../../language/lab-time';
import type { FormField } from '../form/form-field';
import { Field, noteId } from './field';

/** A moment on the lab's clock; the field holds it as an ISO time in UTC. Optional and empty: null. */
@Component({
  selector: 'fab-field-time',
  imports: [Field],
  template: `
    <fab-field [field]="field()" [help]="help()" [optional]="optional()">
      <input
        #control
        class="field-box"
        type="datetime-local"
        [id]="field().id"
        [value]="shown()"
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
      max-width: 16rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FieldTime {
  private readonly time = inject(LabTime);
  readonly field = input.required<FormField<string | null | undefined>>();
  readonly help = input('');
  readonly optional = input(false);

  protected readonly note = computed(() => noteId(this.field(), this.help()));
  protected readonly shown = computed(() => {
    const iso = this.field().value();
    return iso ? this.time.toWallClock(iso) : '';
  });

  protected take(text: string): void {
    const iso = text === '' ? null : this.time.fromWallClock(text);
    this.field().set(iso ?? (this.optional() ? null : undefined));
  }
}
