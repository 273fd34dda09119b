import { HttpClient } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { LanguageCode } from '@fabomatic/i18n';
import { MyDataView } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { firstValueFrom } from 'rxjs';
import { apiError } from '../auth/api-error';
import { CurrentMember } from '../auth/current-member';
import { LanguageList } from '../frame/choice-list/language-list';
import { ThemeList } from '../frame/choice-list/theme-list';
import { DetailHead, Fact } from '../frame/detail-page/detail-head';
import { DetailColumns, DetailSection } from '../frame/detail-page/detail-section';
import { Toasts } from '../frame/toast/toasts';
import { LanguageChoice } from '../language/language-choice';
import { Words } from '../language/words';
import { MY_URL, myData } from '../me/my-data';
import { MailPreferences } from './mail-preferences';
import { SecondFactorSection } from './second-factor-section';
import { SessionList } from './session-list';

/** How one gets in, and how the pages look to oneself. */
@Component({
  selector: 'fab-account-page',
  imports: [
    DetailColumns,
    DetailHead,
    DetailSection,
    Fact,
    LanguageList,
    MailPreferences,
    RouterLink,
    SecondFactorSection,
    SessionList,
    ThemeList,
    TranslatePipe,
  ],
  templateUrl: './account-page.html',
  styleUrl: './account-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AccountPage {
  private readonly http = inject(HttpClient);
  private readonly toasts = inject(Toasts);
  private readonly words = inject(Words);
  protected readonly member = inject(CurrentMember);
  protected readonly language = inject(LanguageChoice);
  protected readonly data = myData();
  private readonly isSaving = signal(false);

  /** For the pages in this browser at once, and for mails and other browsers with the account. */
  protected async chooseLanguage(code: LanguageCode): Promise<void> {
    await this.language.choose(code);
    const before = this.data.record();
    if (!before || before.language === code || this.isSaving()) return;
    this.isSaving.set(true);
    try {
      const change = { version: before.version, language: code };
      MyDataView.parse(await firstValueFrom(this.http.patch(MY_URL, change)));
      this.toasts.show(this.words.say('my_account.language_saved'));
      this.member.reload();
    } catch (error) {
      const { code: why, params } = apiError(error); // changed meanwhile, or no answer
      this.toasts.show(this.words.error(why, params));
    } finally {
      this.isSaving.set(false);
      this.data.reload();
    }
  }
}
