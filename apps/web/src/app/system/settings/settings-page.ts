import { ChangeDetectionStrategy, Component, input, linkedSignal } from '@angular/core';
import { SettingsView } from '@fabomatic/system';
import { TranslatePipe } from '@ngx-translate/core';
import { detail } from '../../frame/detail-page/detail';
import { DetailStates } from '../../frame/detail-page/detail-states';
import { SystemHead } from '../system-head';
import { SETTINGS_URL } from './settings-api';
import { SettingsForm } from './settings-form';

/** Every key of the settings file. */
@Component({
  selector: 'fab-settings-page',
  imports: [DetailStates, SystemHead, SettingsForm, TranslatePipe],
  template: `
    <fab-system-head heading="settings.title" />
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
  /** From the query: the field to begin at. */
  readonly key = input<string>();
  protected readonly answer = detail({ url: () => SETTINGS_URL, schema: SettingsView });
  protected readonly view = linkedSignal(() => this.answer.record());
}
