import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { ConfirmQuestion } from './dialogs';

/** A question with two answers. Esc is the second. */
@Component({
  selector: 'fab-confirm-dialog',
  imports: [TranslatePipe],
  template: `
    <h2 id="dialog-title">{{ question.title }}</h2>
    <p class="ink-2">{{ question.text }}</p>
    <div class="answers">
      <button type="button" class="btn outlined" (click)="ref.close(false)">
        {{ question.cancel ?? ('dialog.cancel' | translate) }}
      </button>
      <button
        type="button"
        class="btn"
        [class]="question.isDanger ? 'danger' : 'primary'"
        (click)="ref.close(true)"
      >
        {{ question.action }}
      </button>
    </div>
  `,
  styleUrl: './dialog.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ConfirmDialog {
  protected readonly question = inject<ConfirmQuestion>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
}
