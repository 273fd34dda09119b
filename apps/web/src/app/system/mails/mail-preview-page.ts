import { httpResource } from '@angular/common/http';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  linkedSignal,
  signal,
} from '@angular/core';
import { DomSanitizer } from '@angular/platform-browser';
import { LANGUAGES } from '@fabomatic/i18n';
import { ALERTS_BY_HAND, MAIL_KINDS, type MailKind, MailPreview } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { apiError } from '../../auth/api-error';
import { Dialogs } from '../../frame/dialog/dialogs';
import { Toasts } from '../../frame/toast/toasts';
import { LanguageChoice } from '../../language/language-choice';
import { Words } from '../../language/words';
import { Banner } from '../banner';
import { SystemHead } from '../system-head';
import { mailsApi, PREVIEW_URL } from './mails-api';

/** Every kind of mail as it would be sent now, in every language; alerts are sent from here by hand. */
@Component({
  selector: 'fab-mail-preview-page',
  imports: [Banner, SystemHead, TranslatePipe],
  templateUrl: './mail-preview-page.html',
  styles: `
    .choices {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s4);
      margin-block: var(--s4);
    }
    .choices label {
      display: grid;
      gap: var(--s1);
      min-width: 12rem;
    }
    .subject {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--s2);
      margin-bottom: var(--s3);
      overflow-wrap: anywhere;
    }
    button {
      margin-bottom: var(--s4);
    }
    iframe {
      display: block;
      width: 100%;
      max-width: 42rem;
      height: 46rem;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      color-scheme: normal;
    }
    pre {
      max-width: 42rem;
      padding: var(--s4);
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--surface);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    @media (max-width: 840px) {
      .choices label {
        flex: 1 1 100%;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MailPreviewPage {
  private readonly words = inject(Words);
  private readonly sanitizer = inject(DomSanitizer);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly api = mailsApi();
  private readonly chosen = inject(LanguageChoice).current;

  protected readonly kinds = MAIL_KINDS;
  protected readonly languages = LANGUAGES;
  protected readonly kind = signal<MailKind>('weekly-summary');
  protected readonly language = linkedSignal<string>(() => this.chosen());
  protected readonly form = signal<'html' | 'plain'>('html');
  private readonly answer = httpResource(
    () => ({ url: PREVIEW_URL, params: { kind: this.kind(), language: this.language() } }),
    { parse: (raw) => MailPreview.parse(raw) },
  );
  protected readonly preview = computed(() =>
    this.answer.hasValue() ? this.answer.value() : undefined,
  );
  /** The frame has `sandbox` and no permission: what is in it neither runs nor leads anywhere. */
  protected readonly html = computed(() =>
    this.sanitizer.bypassSecurityTrustHtml(this.preview()?.html ?? ''),
  );
  protected readonly error = computed(() => {
    const error = this.answer.error();
    if (error === undefined) return '';
    const { code, params } = apiError(error);
    return this.words.error(code, params);
  });

  /** The summary of the week has a page of its own, which says to whom it goes. */
  protected readonly alert = computed(() => ALERTS_BY_HAND.find((each) => each === this.kind()));
  protected readonly isBusy = signal(false);

  protected nameOf(kind: MailKind): string {
    return this.words.say(`mails.kinds.${kind}`);
  }

  protected takeKind(value: string): void {
    const kind = MAIL_KINDS.find((each) => each === value);
    if (kind !== undefined) this.kind.set(kind);
  }

  protected async send(): Promise<void> {
    const topic = this.alert();
    if (topic === undefined || this.isBusy()) return;
    const isSure = await this.dialogs.confirm({
      title: this.words.say('mails.preview.send_title'),
      text: this.words.say('mails.preview.send_text'),
      action: this.words.say('mails.weekly_page.send'),
    });
    if (!isSure) return;
    this.isBusy.set(true);
    try {
      const { mails } = await this.api.sendAlerts(topic);
      const nobody = this.words.say('mails.preview.send_nobody');
      this.toasts.show(mails === 0 ? nobody : this.words.count('mails.weekly_page.sent', mails));
    } catch (error) {
      // No mail server, nothing to tell, or no answer.
      const { code, params } = apiError(error);
      this.toasts.show(this.words.error(code, params));
    } finally {
      this.isBusy.set(false);
    }
  }
}
