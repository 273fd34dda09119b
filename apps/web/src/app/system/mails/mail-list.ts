import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MAIL_KINDS, MAIL_STATES, MailView } from '@fabomatic/members';
import { apiError } from '../../auth/api-error';
import { ActionButton } from '../../frame/action-button/action-button';
import { Dialogs } from '../../frame/dialog/dialogs';
import { FilterChip } from '../../frame/filter-chip/filter-chip';
import { ListPage } from '../../frame/list-page/list-page';
import { ListColumn, PhoneRow } from '../../frame/list-page/list-templates';
import { pagedList } from '../../frame/list-page/paged-list';
import type { PageAction } from '../../frame/page-action';
import { PhoneLine } from '../../frame/phone-line/phone-line';
import { TimeText } from '../../frame/time-text';
import { Toasts } from '../../frame/toast/toasts';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { LabClock } from '../../live/lab-clock';
import { SYSTEM_TABS } from '../system-tabs';
import { MAILS_URL, mailsApi } from './mails-api';

/** What the lab sends: what waits, what was sent, and what failed and why. */
@Component({
  selector: 'fab-mail-list',
  imports: [ActionButton, FilterChip, ListColumn, ListPage, PhoneLine, PhoneRow, TimeText],
  templateUrl: './mail-list.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MailList {
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);
  private readonly clock = inject(LabClock);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly api = mailsApi();

  protected readonly tabs = SYSTEM_TABS;
  protected readonly list = pagedList({
    url: MAILS_URL,
    item: MailView,
    filters: ['state'],
    sorts: ['createdAt', 'recipient'],
    defaultSort: '-createdAt',
  });
  protected readonly preview: PageAction = {
    label: 'mails.page.preview',
    icon: 'show',
    link: '/system/mails/preview',
  };
  protected readonly test: PageAction = {
    label: 'mails.page.test',
    link: '/system/mails/test',
  };
  protected readonly weekly: PageAction = {
    label: 'mails.page.weekly',
    link: '/system/mails/weekly-summary',
  };
  /** i18n-keys: mails.page.states.* */
  protected readonly stateOptions = computed(() =>
    MAIL_STATES.map((value) => ({ value, label: this.words.say(`mails.page.states.${value}`) })),
  );
  protected readonly rowActions = (mail: MailView): PageAction[] => {
    if (!mail.canRetry) return [];
    return [
      { label: 'mails.page.retry', icon: 'undo', run: () => void this.retry(mail) },
      {
        label: 'mails.page.discard',
        icon: 'delete',
        isDanger: true,
        run: () => void this.discard(mail),
      },
    ];
  };

  /** i18n-keys: mails.kinds.* */
  protected kind({ kind }: MailView): string {
    if (kind === 'password-link') return this.words.say('mails.kinds.password-link');
    const known = MAIL_KINDS.find((each) => each === kind);
    return this.words.say(known === undefined ? 'mails.kinds.other' : `mails.kinds.${known}`);
  }

  protected state({ state }: MailView): string {
    return this.words.say(`mails.page.states.${state}`);
  }

  /**
   * What became of it, in words: when it was sent, or why not and when it is tried again.
   * i18n-keys: mails.problems.*
   */
  protected result({ state, sentAt, nextTryAt, problem, attempts }: MailView): string {
    const when = (iso: string) => this.formats.when(iso, this.clock.nowS());
    if (state === 'sent' && sentAt !== null) {
      return this.words.say('mails.page.sent_at', { time: when(sentAt) });
    }
    const why = problem === null ? '' : this.words.say(`mails.problems.${problem}`);
    if (nextTryAt === null || attempts === 0) return why;
    return `${why} ${this.words.say('mails.page.next_try', { time: when(nextTryAt) })}`.trim();
  }

  private async retry(mail: MailView): Promise<void> {
    await this.tell(mail, () => this.api.retry(mail.id), 'mails.page.retry_done');
  }

  private async discard(mail: MailView): Promise<void> {
    const to = mail.recipient;
    const isSure = await this.dialogs.confirm({
      title: this.words.say('mails.page.discard_title', { to }),
      text: this.words.say('mails.page.discard_text'),
      action: this.words.say('mails.page.discard'),
      isDanger: true,
    });
    if (isSure) await this.tell(mail, () => this.api.discard(mail.id), 'mails.page.discarded');
  }

  private async tell(
    { recipient }: MailView,
    act: () => Promise<void>,
    done: 'mails.page.retry_done' | 'mails.page.discarded',
  ): Promise<void> {
    try {
      await act();
      this.toasts.show(this.words.say(done, { to: recipient }));
    } catch (error) {
      // It was sent meanwhile, or there is no answer.
      const { code, params } = apiError(error);
      this.toasts.show(this.words.error(code, params));
    }
    this.list.reload();
  }
}
