import { HttpClient } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import type { WordKey } from '@fabomatic/i18n';
import {
  MAIL_FIELDS,
  type MailPreferencesUpdate,
  MailPreferencesView,
  type MailTopic,
} from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { firstValueFrom } from 'rxjs';
import { apiError } from '../auth/api-error';
import { detail } from '../frame/detail-page/detail';
import { DetailSection } from '../frame/detail-page/detail-section';
import { Toasts } from '../frame/toast/toasts';
import { Words } from '../language/words';

const URL = '/api/v1/me/mail-preferences';

/** What each mail is called, and when it comes. */
const TOPICS: Readonly<Record<MailTopic, { label: WordKey; help: WordKey }>> = {
  'weekly-summary': { label: 'mails.prefs.weekly', help: 'mails.prefs.weekly_help' },
  'maintenance-due': { label: 'mails.prefs.maintenance', help: 'mails.prefs.maintenance_help' },
  'machine-offline': { label: 'mails.prefs.offline', help: 'mails.prefs.offline_help' },
  'machine-online': { label: 'mails.prefs.online', help: 'mails.prefs.online_help' },
};

/** Which mails the reader wants; each switch is saved by itself. */
@Component({
  selector: 'fab-mail-preferences',
  imports: [DetailSection, TranslatePipe],
  template: `
    <fab-section heading="mails.prefs.heading">
      @if (preferences.record(); as record) {
        <p class="ink-2 where">{{ whereTo() }}</p>
        <ul>
          @for (topic of record.topics; track topic) {
            <li>
              <label>
                <input
                  #control
                  type="checkbox"
                  [checked]="record[fieldOf[topic]]"
                  [disabled]="isBusy() || (record.email === null && !record[fieldOf[topic]])"
                  (change)="save(topic, control.checked)"
                />
                <span class="mid">{{ topics[topic].label | translate }}</span>
              </label>
              <p class="ink-3">{{ help(topic) | translate }}</p>
            </li>
          }
        </ul>
      } @else if (error()) {
        <p role="alert">{{ error() }}</p>
      } @else {
        <p class="ink-3" role="status">{{ 'app.loading' | translate }}</p>
      }
    </fab-section>
  `,
  styles: `
    .where {
      padding-top: var(--s3);
    }
    ul {
      display: grid;
      gap: var(--s3);
      margin: var(--s3) 0 0;
      padding: 0;
      list-style: none;
    }
    label {
      display: inline-flex;
      align-items: center;
      gap: var(--s2);
      min-height: var(--s8);
      cursor: pointer;
    }
    input {
      width: 1.125rem;
      height: 1.125rem;
      margin: 0;
      accent-color: var(--accent);
    }
    li p {
      margin: 0;
      padding-inline-start: calc(1.125rem + var(--s2));
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MailPreferences {
  private readonly http = inject(HttpClient);
  private readonly words = inject(Words);
  private readonly toasts = inject(Toasts);

  protected readonly topics = TOPICS;
  protected readonly fieldOf = MAIL_FIELDS;
  protected readonly preferences = detail({ url: () => URL, schema: MailPreferencesView });
  protected readonly isBusy = signal(false);
  protected readonly whereTo = computed(() => {
    const record = this.preferences.record();
    if (!record) return '';
    if (record.email === null) return this.words.say('mails.prefs.no_email');
    if (!record.isMailOn) return this.words.say('mails.prefs.off');
    return this.words.say('mails.prefs.to', { email: record.email });
  });
  protected readonly error = computed(() => {
    const error = this.preferences.error();
    return error === null ? '' : this.words.error(error.code, error.params);
  });

  /** Whoever looks after machines reads more in the summary. */
  protected help(topic: MailTopic): WordKey {
    const isStaff = (this.preferences.record()?.topics.length ?? 0) > 1;
    return topic === 'weekly-summary' && isStaff
      ? 'mails.prefs.weekly_staff_help'
      : TOPICS[topic].help;
  }

  protected async save(topic: MailTopic, isOn: boolean): Promise<void> {
    const record = this.preferences.record();
    if (!record || this.isBusy()) return;
    const { version } = record;
    const body: MailPreferencesUpdate = { version, [MAIL_FIELDS[topic]]: isOn };
    this.isBusy.set(true);
    try {
      await firstValueFrom(this.http.patch(URL, body));
      this.toasts.show(this.words.say('mails.prefs.saved'));
    } catch (error) {
      // Somebody else changed the member meanwhile, or there is no answer: what holds is read again.
      const { code, params } = apiError(error);
      this.toasts.show(this.words.error(code, params));
    } finally {
      this.isBusy.set(false);
      this.preferences.reload();
    }
  }
}
