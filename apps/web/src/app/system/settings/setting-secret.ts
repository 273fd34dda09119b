import { ChangeDetectionStrategy, Component, computed, input, linkedSignal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { Field, noteId } from '../../frame/fields/field';
import type { FormField } from '../../frame/form/form-field';

/** A secret is written and never read: '' leaves it as it is, null takes it out. */
@Component({
  selector: 'fab-setting-secret',
  imports: [Field, TranslatePipe],
  template: `
    <fab-field [field]="field()" [help]="help()">
      @if (isOpen()) {
        <span class="line">
          <input
            #control
            class="field-box"
            type="password"
            autocomplete="new-password"
            [id]="field().id"
            [value]="field().value() ?? ''"
            [attr.aria-invalid]="field().error() ? true : null"
            [attr.aria-describedby]="note()"
            (input)="field().set(control.value)"
            (blur)="field().leave()"
          />
          <button type="button" class="btn outlined" (click)="keep()">
            {{ 'settings.keep' | translate }}
          </button>
        </span>
      } @else {
        <span class="line">
          <span class="space ink-2" role="status">
            {{
              (goes()
                ? 'settings.secret_goes'
                : isSet()
                  ? 'settings.secret_set'
                  : 'settings.secret_not_set'
              ) | translate
            }}
          </span>
          @if (goes()) {
            <button type="button" class="btn outlined" [id]="field().id" (click)="keep()">
              {{ 'settings.keep' | translate }}
            </button>
          } @else {
            <button
              type="button"
              class="btn outlined"
              [id]="field().id"
              [attr.aria-describedby]="note()"
              (click)="replace()"
            >
              {{ (isSet() ? 'settings.replace' : 'settings.set') | translate }}
            </button>
            @if (isInFile()) {
              <button type="button" class="btn outlined" (click)="field().set(null)">
                {{ 'settings.remove' | translate }}
              </button>
            }
          }
        </span>
      }
    </fab-field>
  `,
  styles: `
    .line {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--s2);
      min-height: var(--s10);
    }
    .field-box,
    .space {
      flex: 1 1 12rem;
      width: auto;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SettingSecret {
  readonly field = input.required<FormField<string | null>>();
  readonly help = input('');
  readonly isSet = input.required<boolean>();
  /** Only there it can be taken out. */
  readonly isInFile = input.required<boolean>();

  protected readonly note = computed(() => noteId(this.field(), this.help()));
  protected readonly goes = computed(() => this.field().value() === null);
  /** Closes when the secret was saved, and its field is empty again. */
  protected readonly isOpen = linkedSignal<string | null, boolean>({
    source: () => this.field().value(),
    computation: (value, previous) =>
      value !== null && (value !== '' || (previous?.value === true && !previous.source)),
  });

  protected replace(): void {
    this.isOpen.set(true);
    setTimeout(() => this.field().focus());
  }

  protected keep(): void {
    this.field().set('');
    this.isOpen.set(false);
    setTimeout(() => this.field().focus());
  }
}
