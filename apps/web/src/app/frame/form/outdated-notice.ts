import { ChangeDetectionStrategy, Component, output } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../icon';

/** Somebody else has changed what this form shows: above the form, until it is loaded again. */
@Component({
  selector: 'fab-outdated-notice',
  imports: [Icon, TranslatePipe],
  template: `
    <div class="quiet-box" role="alert">
      <fab-icon name="error" />
      <p class="space">
        <b>{{ 'form.outdated_title' | translate }}</b> {{ 'form.outdated_text' | translate }}
      </p>
      <button type="button" class="btn outlined" (click)="asked.emit()">
        {{ 'form.load_now' | translate }}
      </button>
    </div>
  `,
  styles: `
    .quiet-box {
      flex-wrap: wrap;
      max-width: 60rem;
      margin-bottom: var(--s5);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class OutdatedNotice {
  readonly asked = output();
}
