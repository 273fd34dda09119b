import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import type { WordKey } from '@fabomatic/i18n';
import { TranslatePipe } from '@ngx-translate/core';
import { ActionButton } from '../frame/action-button/action-button';
import type { PageAction } from '../frame/page-action';
import { PageTabs } from '../frame/page-tabs/page-tabs';
import { SYSTEM_TABS } from './system-tabs';

/** The heading above the tabs, with what to know and what to do at the end of the line. */
@Component({
  selector: 'fab-system-head',
  imports: [ActionButton, PageTabs, TranslatePipe],
  template: `
    <div class="page-head">
      <h1>{{ heading() | translate }}</h1>
      @if (note(); as text) {
        <span class="ink-2 num">{{ text }}</span>
      }
      <ng-content />
      @for (action of actions(); track action.label) {
        <fab-action-button [action]="action" />
      }
      @if (primary(); as action) {
        <fab-action-button [action]="action" [primary]="true" />
      }
    </div>
    <fab-page-tabs [tabs]="tabs" />
  `,
  styles: `
    .page-head {
      display: flex;
      align-items: center;
      flex-wrap: wrap;
      gap: var(--s2);
      min-height: var(--s10);
      margin-bottom: var(--s2);
    }
    h1 {
      flex: 1;
    }
    @media (max-width: 840px) {
      .page-head {
        min-height: 0;
      }
      h1 {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SystemHead {
  readonly heading = input<WordKey>('nav.system');
  /** In the reader's language: 'Version 2.0.0'. */
  readonly note = input('');
  readonly actions = input<readonly PageAction[]>([]);
  readonly primary = input<PageAction>();
  protected readonly tabs = SYSTEM_TABS;
}
