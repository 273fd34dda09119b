import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { ActionButton } from '../frame/action-button/action-button';
import { Icon } from '../frame/icon';
import type { PageAction } from '../frame/page-action';

/** Something to know before all else, with what to do about it. */
@Component({
  selector: 'fab-banner',
  imports: [ActionButton, Icon],
  template: `
    @switch (tone()) {
      @case ('busy') {
        <span class="spinner" aria-hidden="true"></span>
      }
      @case ('good') {
        <fab-icon name="done" />
      }
      @default {
        <fab-icon name="warning" />
      }
    }
    <p><ng-content /></p>
    <div class="actions">
      @for (action of actions(); track action.label) {
        <fab-action-button [action]="action" />
      }
    </div>
  `,
  host: { '[class]': 'tone()' },
  styles: `
    :host {
      display: flex;
      align-items: center;
      flex-wrap: wrap;
      gap: var(--s2) var(--s3);
      margin-bottom: var(--s2);
      padding: var(--s2) var(--s4);
      border-radius: var(--radius);
      background: var(--sunken);
    }
    :host(.attention) {
      background: var(--maint-soft);
    }
    :host(.attention) fab-icon {
      color: var(--maint);
    }
    :host(.bad) {
      background: var(--block-soft);
    }
    :host(.bad) fab-icon {
      color: var(--block);
    }
    p {
      flex: 1 1 16rem;
      padding: var(--s2) 0;
      overflow-wrap: anywhere;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s2);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Banner {
  readonly tone = input<'attention' | 'bad' | 'busy' | 'good'>('attention');
  readonly actions = input<readonly PageAction[]>([]);
}
