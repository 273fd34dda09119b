import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { type ApiError, apiError } from '../../auth/api-error';
import { Words } from '../../language/words';
import { Icon } from '../icon';
import type { NoteQuestion } from './dialogs';

/** A question with room for a sentence of the reader's own; then it does it. */
@Component({
  selector: 'fab-note-dialog',
  imports: [Icon, TranslatePipe],
  template: `
    <form (submit)="run($event)">
      <h2 id="dialog-title">{{ question.title }}</h2>
      <p class="ink-2">{{ question.text }}</p>
      <label class="field-label">
        {{ question.label }}
        <span class="optional">{{ 'form.optional' | translate }}</span>
        <textarea
          #field
          class="field-box"
          rows="2"
          [maxLength]="question.maxLength"
          [value]="typed()"
          (input)="typed.set(field.value)"
        ></textarea>
      </label>
      <div role="alert">
        @if (errorText(); as text) {
          <p class="field-error"><fab-icon name="error" />{{ text }}</p>
        }
      </div>
      <div class="answers">
        <button type="button" class="btn outlined" (click)="ref.close(false)">
          {{ 'dialog.cancel' | translate }}
        </button>
        <button
          type="submit"
          class="btn"
          [class]="question.isDanger ? 'danger' : 'primary'"
          [attr.aria-busy]="isBusy()"
        >
          @if (isBusy()) {
            <span class="spinner" aria-hidden="true"></span>
          }
          {{ question.action }}
        </button>
      </div>
    </form>
  `,
  styleUrl: './dialog.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NoteDialog {
  private readonly words = inject(Words);
  protected readonly question = inject<NoteQuestion>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);

  protected readonly typed = signal('');
  protected readonly isBusy = signal(false);
  private readonly error = signal<ApiError | null>(null);
  protected readonly errorText = computed(() => {
    const error = this.error();
    return error === null ? '' : this.words.error(error.code, error.params);
  });

  protected async run(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.error.set(null);
    try {
      await this.question.run(this.typed().trim() || null);
      this.ref.close(true);
    } catch (error) {
      this.error.set(apiError(error)); // a refusal, or no answer
    } finally {
      this.isBusy.set(false);
    }
  }
}
