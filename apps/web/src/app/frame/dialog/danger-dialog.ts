import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { type ApiError, apiError } from '../../auth/api-error';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { Icon } from '../icon';
import type { DangerQuestion } from './dialogs';

/** Before something goes that does not come back: what goes, in numbers; then it does it. */
@Component({
  selector: 'fab-danger-dialog',
  imports: [Icon, RouterLink, TranslatePipe],
  templateUrl: './danger-dialog.html',
  styleUrl: './dialog.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DangerDialog {
  private readonly words = inject(Words);
  protected readonly formats = inject(Formats);
  protected readonly question = inject<DangerQuestion>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);

  protected readonly typed = signal('');
  protected readonly isChosen = signal(this.question.choice?.isSet ?? false);
  protected readonly isBusy = signal(false);
  private readonly error = signal<ApiError | null>(null);

  protected readonly isConfirmed = computed(() => {
    const { nameToType } = this.question;
    return nameToType === undefined || this.typed().trim() === nameToType.trim();
  });
  protected readonly errorText = computed(() => {
    const error = this.error();
    return error === null ? '' : this.words.error(error.code, error.params);
  });
  protected readonly obstacle = computed(() => {
    const error = this.error();
    return error === null ? null : (this.question.obstacle?.(error) ?? null);
  });

  protected async run(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isBusy() || !this.isConfirmed()) return;
    this.isBusy.set(true);
    this.error.set(null);
    try {
      await this.question.run(this.isChosen());
      this.ref.close(true);
    } catch (error) {
      this.error.set(apiError(error)); // a refusal, or no answer
    } finally {
      this.isBusy.set(false);
    }
  }
}
