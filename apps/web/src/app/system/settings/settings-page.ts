import { ChangeDetectionStrategy, Component, input, linkedSignal } from '@angular/core';
import { SettingsView } from '@fabomatic/system';
import { TranslatePipe } from '@ngx-translate/core';
import { detail } from '../../frame/detail-page/detail';
import { DetailStates } from '../../frame/detail-page/detail-states';
import { PageTabs } from '../../frame/page-tabs/page-tabs';
import { SYSTEM_TABS } from '../system-tabs';
import { SETTINGS_URL } from './settings-api';
import { SettingsForm } from './settings-form';

/** Every key of the settings file. */
@Component({
  selector: 'fab-settings-page',
  imports: [DetailStates, PageTabs, SettingsForm, TranslatePipe],
  template: `
    <div class="page-head">
      <h1>{{ 'settings.title' | translate }}</h1>
    </div>
    <fab-page-tabs [tabs]="tabs" />
    @if (view(); as settings) {
      <fab-settings-form
        [view]="settings"
        [key]="key()"
        (saved)="view.set($event)"
        (outdated)="answer.reload()"
      />
    } @else {
      <fab-detail-states [detail]="answer" [back]="{ label: 'nav.system', link: '/system' }" />
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SettingsPage {
  protected readonly tabs = SYSTEM_TABS;
  /** From the query: the field to begin at. */
  readonly key = input<string>();
  protected readonly answer = detail({ url: () => SETTINGS_URL, schema: SettingsView });
  protected readonly view = linkedSignal(() => this.answer.record());
}
