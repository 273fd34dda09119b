import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { FormField } from '../form/form-field';
import { Icon } from '../icon';
import { noteId } from './field';
import type { Choice } from './field-select';

/** One of two or three values that each need a sentence, as cards with a radio button. */
@Component({
  selector: 'fab-field-cards',
  imports: [Icon, TranslatePipe],
  template: `
    <fieldset [attr.aria-describedby]="note()">
      <legend class="field-label">{{ field().label | translate }}</legend>
      @for (choice of choices(); track choice.value; let isFirst = $first) {
        <label class="card" [class.chosen]="choice.value === field().value()">
          <input
            type="radio"
            [id]="isFirst ? field().id : field().id + '-' + choice.value"
            [name]="field().id"
            [checked]="choice.value === field().value()"
            (change)="field().set(choice.value)"
            (blur)="field().leave()"
          />
          <span>
            <b>{{ choice.label }}</b>
            <span class="ink-2">{{ choice.text }}</span>
          </span>
        </label>
      }
      @if (field().error(); as error) {
        <p class="field-error" [id]="field().id + '-note'"><fab-icon name="error" />{{ error }}</p>
      } @else if (help()) {
        <p class="field-help" [id]="field().id + '-note'">{{ help() }}</p>
      }
    </fieldset>
  `,
  styles: `
    fieldset {
      display: grid;
      gap: var(--s2);
      min-width: 0;
      margin: 0;
      padding: 0;
      border: 0;
    }
    legend {
      margin-bottom: calc(var(--s1) + 2px);
      padding: 0;
    }
    .card {
      display: flex;
      gap: var(--s3);
      padding: var(--s3);
      border: 1px solid var(--line-strong);
      border-radius: var(--radius);
      cursor: pointer;
    }
    .card:hover {
      background: var(--hover);
    }
    .card.chosen {
      border-color: var(--accent);
      background: var(--accent-soft);
    }
    .card:has(:focus-visible) {
      outline: 2px solid var(--accent);
      outline-offset: 2px;
    }
    .card span > * {
      display: block;
    }
    input {
      flex: none;
      width: 1rem;
      height: 1rem;
      margin: 2px 0 0;
      accent-color: var(--accent);
      outline: none;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FieldCards<V extends string | number> {
  readonly field = input.required<FormField<V | null | undefined>>();
  readonly choices = input.required<readonly Choice<V>[]>();
  readonly help = input('');
  protected readonly note = computed(() => noteId(this.field(), this.help()));
}
