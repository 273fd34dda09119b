import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import type { TestMailResult } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { apiError } from '../../auth/api-error';
import { PageTabs } from '../../frame/page-tabs/page-tabs';
import { Words } from '../../language/words';
import { SYSTEM_TABS } from '../system-tabs';
import { mailsApi } from './mails-api';

/** Sends a mail past the queue and shows what the mail server says, good or bad. */
@Component({
  selector: 'fab-test-mail-page',
  imports: [PageTabs, TranslatePipe],
  template: `
    <div class="page-head">
      <h1>{{ 'mails.test_page.title' | translate }}</h1>
    </div>
    <fab-page-tabs [tabs]="tabs" />
    <p class="ink-2">{{ 'mails.test_page.text' | translate }}</p>
    <form novalidate (submit)="send($event, to.value)">
      <label>
        <span class="mid">{{ 'mails.test_page.to' | translate }}</span>
        <input #to class="field-box" type="email" autocomplete="email" />
      </label>
      <button type="submit" class="btn primary" [attr.aria-busy]="isBusy()">
        {{ 'mails.test_page.send' | translate }}
      </button>
    </form>
    @if (done(); as result) {
      <p role="status">{{ 'mails.test_page.done' | translate: result }}</p>
    } @else if (refusal()) {
      <p role="alert">{{ refusal() }}</p>
    }
  `,
  styles: `
    form {
      display: flex;
      flex-wrap: wrap;
      align-items: end;
      gap: var(--s3);
      margin-block: var(--s4);
    }
    label {
      display: grid;
      flex: 1 1 14rem;
      max-width: 24rem;
      gap: var(--s1);
    }
    p {
      overflow-wrap: anywhere;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TestMailPage {
  private readonly words = inject(Words);
  private readonly api = mailsApi();

  protected readonly tabs = SYSTEM_TABS;
  protected readonly isBusy = signal(false);
  protected readonly done = signal<TestMailResult | null>(null);
  protected readonly refusal = signal('');

  protected async send(event: Event, to: string): Promise<void> {
    event.preventDefault();
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.done.set(null);
    this.refusal.set('');
    try {
      this.done.set(await this.api.test(to.trim()));
    } catch (error) {
      // No address, no mail server, or what that one has against it.
      const refused = apiError(error);
      this.refusal.set(this.words.refusal(refused, 'to') || this.words.refusal(refused));
    } finally {
      this.isBusy.set(false);
    }
  }
}
