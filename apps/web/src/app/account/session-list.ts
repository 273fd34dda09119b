import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { SessionListView, type SessionView } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { apiError } from '../auth/api-error';
import { AuthApi } from '../auth/auth-api';
import { detail } from '../frame/detail-page/detail';
import { DetailSection } from '../frame/detail-page/detail-section';
import { DetailStates } from '../frame/detail-page/detail-states';
import { Dialogs } from '../frame/dialog/dialogs';
import type { BackLink, PageAction } from '../frame/page-action';
import { TimeText } from '../frame/time-text';
import { Toasts } from '../frame/toast/toasts';
import { Words } from '../language/words';
import { deviceOf } from './device-text';

/** Where the member is logged in, and the way to end it there. */
@Component({
  selector: 'fab-session-list',
  imports: [DetailSection, DetailStates, TimeText, TranslatePipe],
  templateUrl: './session-list.html',
  styleUrl: './account-lines.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SessionList {
  private readonly api = inject(AuthApi);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly words = inject(Words);

  protected readonly back: BackLink = { label: 'account.title', link: '/account' };
  protected readonly sessions = detail({
    url: () => '/api/v1/auth/sessions',
    schema: SessionListView,
  });
  protected readonly isBusy = signal(false);
  protected readonly count = computed(() => {
    const total = this.sessions.record()?.items.length;
    return total === undefined ? '' : String(total);
  });
  private readonly hasOthers = computed(
    () => this.sessions.record()?.items.some(({ isCurrent }) => !isCurrent) ?? false,
  );
  protected readonly endOthers = computed<PageAction | undefined>(() =>
    this.hasOthers()
      ? { label: 'my_account.end_others', run: () => void this.askAndEndOthers() }
      : undefined,
  );

  protected device({ userAgent }: SessionView): string {
    const { browser, system } = deviceOf(userAgent);
    if (browser !== null && system !== null) {
      return this.words.say('my_account.browser_on', { browser, system });
    }
    return browser ?? system ?? this.words.say('my_account.unknown_device');
  }

  protected async end(session: SessionView): Promise<void> {
    const said = this.words.say('my_account.session_ended', { device: this.device(session) });
    await this.doAndTell(() => this.api.endSession(session.id), said);
  }

  private async askAndEndOthers(): Promise<void> {
    const isSure = await this.dialogs.confirm({
      title: this.words.say('my_account.end_others_title'),
      text: this.words.say('my_account.end_others_text'),
      action: this.words.say('my_account.end_others'),
      isDanger: true,
    });
    if (!isSure) return;
    await this.doAndTell(() => this.api.endSession(), this.words.say('my_account.others_ended'));
  }

  private async doAndTell(act: () => Promise<void>, said: string): Promise<void> {
    if (this.isBusy()) return;
    this.isBusy.set(true);
    try {
      await act();
      this.toasts.show(said);
    } catch (error) {
      const { code, params } = apiError(error); // it has ended already, or no answer
      this.toasts.show(this.words.error(code, params));
    } finally {
      this.isBusy.set(false);
      this.sessions.reload();
    }
  }
}
