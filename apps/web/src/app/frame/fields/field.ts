import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { FormField } from '../form/form-field';
import { Icon } from '../icon';

/** What every field has: label above, help or error below. The control is projected. */
@Component({
  selector: 'fab-field',
  imports: [Icon, TranslatePipe],
  template: `
    <label class="field-label" [for]="field().id">
      {{ field().label | translate }}
      @if (optional()) {
        <span class="optional">{{ 'form.optional' | translate }}</span>
      }
    </label>
    <ng-content />
    @if (field().error(); as error) {
      <p class="field-error" [id]="field().id + '-note'"><fab-icon name="error" />{{ error }}</p>
    } @else if (help()) {
      <p class="field-help" [id]="field().id + '-note'">{{ help() }}</p>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    label {
      margin-bottom: calc(var(--s1) + 2px);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Field {
  readonly field = input.required<FormField<unknown>>();
  /** In the reader's language. */
  readonly help = input('');
  readonly optional = input(false);
}

/** What a control's `aria-describedby` points to; null when nothing stands there. */
export function noteId(field: FormField<unknown>, help: string): string | null {
  return field.error() || help ? `${field.id}-note` : null;
}
