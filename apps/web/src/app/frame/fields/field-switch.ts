import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { FormField } from '../form/form-field';
import { Icon } from '../icon';
import { noteId } from './field';

/** Yes or no: a switch, its label beside it, and below that what yes means. */
@Component({
  selector: 'fab-field-switch',
  imports: [Icon, TranslatePipe],
  template: `
    <label class="line">
      <input
        #control
        type="checkbox"
        role="switch"
        [id]="field().id"
        [checked]="field().value() ?? false"
        [attr.aria-describedby]="note()"
        (change)="field().set(control.checked)"
        (blur)="field().leave()"
      />
      <span class="mid">{{ field().label | translate }}</span>
    </label>
    @if (field().error(); as error) {
      <p class="field-error" [id]="field().id + '-note'"><fab-icon name="error" />{{ error }}</p>
    } @else if (help()) {
      <p class="help ink-3" [id]="field().id + '-note'">{{ help() }}</p>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    .line {
      display: inline-flex;
      align-items: center;
      gap: var(--s3);
      min-height: var(--s6);
      cursor: pointer;
    }
    input {
      position: relative;
      flex: none;
      width: 2.25rem;
      height: 1.25rem;
      margin: 0;
      appearance: none;
      border: 1.5px solid var(--line-strong);
      border-radius: 0.625rem;
      cursor: pointer;
    }
    input::after {
      content: '';
      position: absolute;
      inset-block-start: 2.5px;
      inset-inline-start: 2.5px;
      width: 0.75rem;
      height: 0.75rem;
      border-radius: 50%;
      background: var(--line-strong);
      transition: transform var(--dur) var(--ease);
    }
    input:checked {
      border-color: var(--accent);
      background: var(--accent);
    }
    input:checked::after {
      background: var(--on-accent);
      transform: translateX(1rem);
    }
    .help,
    .field-error {
      margin: 0;
      padding-inline-start: calc(2.25rem + var(--s3));
    }
    @media (max-width: 840px) {
      .line {
        min-height: 2.75rem;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FieldSwitch {
  readonly field = input.required<FormField<boolean | null | undefined>>();
  readonly help = input('');
  protected readonly note = computed(() => noteId(this.field(), this.help()));
}
