import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { LANGUAGES } from '@fabomatic/i18n';
import { fromIso, SECONDS_PER_HOUR, toIso } from '@fabomatic/kernel';
import { WeeklySummaryPlan } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { apiError } from '../../auth/api-error';
import { detail } from '../../frame/detail-page/detail';
import { DetailStates } from '../../frame/detail-page/detail-states';
import { Dialogs } from '../../frame/dialog/dialogs';
import type { PageAction } from '../../frame/page-action';
import { Toasts } from '../../frame/toast/toasts';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { Banner } from '../banner';
import { SystemHead } from '../system-head';
import { mailsApi, SUMMARY_URL } from './mails-api';

type Recipient = WeeklySummaryPlan['recipients'][number];

/** Sends the summary of the week by hand, and says before to whom it goes. */
@Component({
  selector: 'fab-weekly-summary-page',
  imports: [Banner, DetailStates, SystemHead, TranslatePipe],
  templateUrl: './weekly-summary-page.html',
  styles: `
    .week,
    .heading {
      max-width: 48rem;
      margin-bottom: var(--s3);
    }
    fab-banner {
      max-width: 60rem;
      margin-bottom: var(--s4);
    }
    ul {
      max-width: 42rem;
      margin-bottom: var(--s5);
      padding: 0;
      list-style: none;
    }
    li {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--s3);
      padding: var(--s2) 0;
      border-bottom: 1px solid var(--line);
      overflow-wrap: anywhere;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class WeeklySummaryPage {
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly api = mailsApi();

  protected readonly plan = detail({ url: () => SUMMARY_URL, schema: WeeklySummaryPlan });
  protected readonly back = { label: 'mails.title', link: '/system/mails' } as const;
  protected readonly toServer = toSetting('email.server');
  protected readonly toAddress = toSetting('web.base_url');
  protected readonly isBusy = signal(false);
  protected readonly waiting = computed(
    () => this.plan.record()?.recipients.filter(({ isSent }) => !isSent).length ?? 0,
  );
  protected readonly week = computed(() => {
    const plan = this.plan.record();
    if (!plan) return '';
    // The week ends where the next begins: its last day is the one before.
    const last = toIso(fromIso(plan.toAt) - SECONDS_PER_HOUR);
    const days = { from: this.formats.date(plan.fromAt), to: this.formats.date(last) };
    return this.words.say('mails.weekly_page.week', days);
  });
  protected readonly heading = computed(() => {
    const { recipients } = this.plan.record() ?? { recipients: [] };
    if (recipients.length === 0) return this.words.say('mails.weekly_page.none');
    if (this.waiting() === 0) return this.words.say('mails.weekly_page.nobody');
    return this.words.count('mails.weekly_page.to', this.waiting());
  });
  protected languageOf({ language }: Recipient): string {
    return LANGUAGES.find(({ code }) => code === language)?.name ?? language;
  }

  protected async send(): Promise<void> {
    const isSure = await this.dialogs.confirm({
      title: this.words.count('mails.weekly_page.confirm', this.waiting()),
      text: this.words.say('mails.weekly_page.confirm_text'),
      action: this.words.say('mails.weekly_page.send'),
    });
    if (!isSure || this.isBusy()) return;
    this.isBusy.set(true);
    try {
      const { mails } = await this.api.sendSummary();
      this.toasts.show(this.words.count('mails.weekly_page.sent', mails));
    } catch (error) {
      // No mail server, or no answer.
      const { code, params } = apiError(error);
      this.toasts.show(this.words.error(code, params));
    } finally {
      this.isBusy.set(false);
      this.plan.reload();
    }
  }
}

function toSetting(key: string): PageAction {
  const link = '/system/settings';
  return { label: 'settings.tab', link, queryParams: { key }, permission: 'admin' };
}
