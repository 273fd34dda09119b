import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import type { UseView } from '@fabomatic/uses';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../frame/icon';

/** What is special about a use, in words with a picture. */
@Component({
  selector: 'fab-use-marks',
  imports: [Icon, TranslatePipe],
  template: `
    @if (use().replayed) {
      <span><fab-icon name="sent-later" />{{ 'uses.sent_later' | translate }}</span>
    }
    @if (use().source === 'manual') {
      <span><fab-icon name="edit" />{{ 'uses.by_hand' | translate }}</span>
    } @else if (use().closedBy === 'manual') {
      <span><fab-icon name="edit" />{{ 'uses.corrected' | translate }}</span>
    }
    @if (use().estimated) {
      <span><fab-icon name="estimated" />{{ 'uses.estimated' | translate }}</span>
    }
    @if (!use().authorized) {
      <span><fab-icon name="refused" />{{ 'uses.unauthorized' | translate }}</span>
    }
  `,
  styles: `
    :host,
    span {
      display: flex;
      align-items: center;
      flex-wrap: wrap;
      gap: var(--s1);
      font-size: var(--t-12);
      line-height: var(--l-12);
      color: var(--ink-3);
      --icon-size: 0.875rem;
    }
    :host {
      gap: var(--s1) var(--s3);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UseMarks {
  readonly use = input.required<UseView>();
}
