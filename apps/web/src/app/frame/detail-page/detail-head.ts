import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import type { WordKey } from '@fabomatic/i18n';
import { TranslatePipe } from '@ngx-translate/core';
import { ActionButton } from '../action-button/action-button';
import type { PageAction } from '../page-action';

/** Name, status (`[status]`), actions, and the facts that matter (`fab-fact`). */
@Component({
  selector: 'fab-detail-head',
  imports: [ActionButton],
  template: `
    <div class="top">
      <ng-content select="[lead]" />
      <h1>{{ name() }}</h1>
      <div class="status"><ng-content select="[status]" /></div>
      <span class="space"></span>
      <div class="actions">
        @for (action of actions(); track action.label) {
          <fab-action-button [action]="action" />
        }
        @if (primary(); as action) {
          <fab-action-button [action]="action" [primary]="true" />
        }
      </div>
    </div>
    <div class="facts"><ng-content select="fab-fact" /></div>
    <ng-content />
  `,
  styleUrl: './detail-head.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DetailHead {
  readonly name = input.required<string>();
  readonly actions = input<readonly PageAction[]>([]);
  readonly primary = input<PageAction>();
}

/** One of the facts in the head of a page: `<fab-fact label="members.role">Admin</fab-fact>`. */
@Component({
  selector: 'fab-fact',
  imports: [TranslatePipe],
  template: `
    <dl>
      <dt>{{ label() | translate }}</dt>
      <dd><ng-content /></dd>
    </dl>
  `,
  styles: `
    :host {
      display: block;
      min-width: 0;
    }
    dt {
      color: var(--ink-3);
      font-size: var(--t-12);
      line-height: var(--l-12);
    }
    dd {
      font-size: var(--t-16);
      line-height: var(--l-16);
      font-weight: var(--w-mid);
      font-variant-numeric: tabular-nums;
      overflow-wrap: anywhere;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Fact {
  readonly label = input.required<WordKey>();
}
