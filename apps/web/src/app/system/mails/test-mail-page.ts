import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import type { TestMailResult } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { apiError } from '../../auth/api-error';
import { Icon } from '../../frame/icon';
import { Words } from '../../language/words';
import { Banner } from '../banner';
import { SystemHead } from '../system-head';
import { mailsApi } from './mails-api';

/** Sends a mail past the queue and shows what the mail server says, good or bad. */
@Component({
  selector: 'fab-test-mail-page',
  imports: [Banner, Icon, SystemHead, TranslatePipe],
  template: `
    <fab-system-head heading="mails.test_page.title" />
    <p class="ink-2">{{ 'mails.test_page.text' | translate }}</p>
    <form novalidate (submit)="send($event, to)">
      <div class="field">
        <label class="field-label" for="test-mail-to">{{ 'mails.test_page.to' | translate }}</label>
        <input
          #to
          id="test-mail-to"
          class="field-box"
          type="email"
          autocomplete="email"
          aria-required="true"
          [attr.aria-invalid]="wrong() ? true : null"
          [attr.aria-describedby]="wrong() ? 'test-mail-to-note' : null"
          (input)="wrong.set('')"
        />
        @if (wrong(); as text) {
          <p class="field-error" id="test-mail-to-note"><fab-icon name="error" />{{ text }}</p>
        }
      </div>
      <button type="submit" class="btn primary" [attr.aria-busy]="isBusy()">
        {{ 'mails.test_page.send' | translate }}
      </button>
    </form>
    <div class="outcome" role="status">
      @if (done(); as result) {
        <fab-banner tone="good">{{ 'mails.test_page.done' | translate: result }}</fab-banner>
      } @else if (refusal()) {
        <fab-banner tone="bad">{{ refusal() }}</fab-banner>
      }
    </div>
  `,
  styles: `
    form {
      display: flex;
      flex-direction: column;
      align-items: start;
      gap: var(--s4);
      margin-block: var(--s5);
    }
    .field {
      width: 100%;
      max-width: 33rem;
    }
    label {
      margin-bottom: calc(var(--s1) + 2px);
    }
    .outcome {
      max-width: 60rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TestMailPage {
  private readonly words = inject(Words);
  private readonly api = mailsApi();

  protected readonly isBusy = signal(false);
  protected readonly done = signal<TestMailResult | null>(null);
  /** What is not right with the address. */
  protected readonly wrong = signal('');
  /** Why no mail left. */
  protected readonly refusal = signal('');

  protected async send(event: Event, to: HTMLInputElement): Promise<void> {
    event.preventDefault();
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.done.set(null);
    this.wrong.set('');
    this.refusal.set('');
    try {
      this.done.set(await this.api.test(to.value.trim()));
    } catch (error) {
      // No address, no mail server, or what that one has against it.
      const refused = apiError(error);
      this.wrong.set(this.words.refusal(refused, 'to'));
      if (this.wrong() === '') this.refusal.set(this.words.refusal(refused));
      else to.focus();
    } finally {
      this.isBusy.set(false);
    }
  }
}
