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
import { MAIL_KINDS, type MailKind, MailPreview } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { apiError } from '../../auth/api-error';
import { LanguageChoice } from '../../language/language-choice';
import { Words } from '../../language/words';
import { Banner } from '../banner';
import { SystemHead } from '../system-head';
import { PREVIEW_URL } from './mails-api';

/** Every kind of mail as it would be sent now, in every language. */
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

  protected nameOf(kind: MailKind): string {
    return this.words.say(`mails.kinds.${kind}`);
  }

  protected takeKind(value: string): void {
    const kind = MAIL_KINDS.find((each) => each === value);
    if (kind !== undefined) this.kind.set(kind);
  }
}
