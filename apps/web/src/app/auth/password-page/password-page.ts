import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { MIN_PASSWORD_LENGTH } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { Words } from '../../language/words';
import { type ApiError, apiError } from '../api-error';
import { AuthApi } from '../auth-api';
import { AuthPage } from '../auth-page/auth-page';
import { returnPath, Session } from '../session';
import { TextField } from '../text-field/text-field';
import { passwordRules } from './password-rules';
import { RuleList } from './rule-list';

/** A new password: owed after the first login, or because the member wants one. */
@Component({
  selector: 'fab-password-page',
  imports: [AuthPage, RouterLink, RuleList, TextField, TranslatePipe],
  templateUrl: './password-page.html',
  styleUrl: '../auth-form.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PasswordPage {
  private readonly api = inject(AuthApi);
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly words = inject(Words);

  /** From the query string: where the reader wanted to go. */
  readonly return = input<string>();

  protected readonly isOwed = this.session.mustChangePassword;
  protected readonly current = signal('');
  protected readonly chosen = signal('');
  protected readonly again = signal('');
  protected readonly isBusy = signal(false);
  private readonly isTried = signal(false);
  private readonly error = signal<ApiError | null>(null);

  private readonly met = computed(() =>
    passwordRules({ current: this.current(), chosen: this.chosen(), again: this.again() }),
  );
  protected readonly rules = computed(() => {
    const { isLong, isOther, isSame } = this.met();
    return [
      { text: this.words.say('password.rule_length', { min: MIN_PASSWORD_LENGTH }), isMet: isLong },
      { text: this.words.say('password.rule_other'), isMet: isOther },
      { text: this.words.say('password.rule_same'), isMet: isSame },
    ];
  });
  private readonly isGood = computed(() => this.rules().every(({ isMet }) => isMet));
  protected readonly currentError = computed(() => {
    if (this.isTried() && this.current() === '') return this.words.say('password.current_missing');
    return this.words.refusal(this.error(), 'currentPassword');
  });
  protected readonly chosenError = computed(() => {
    if (this.isTried() && !this.isGood()) return this.words.say('password.not_yet');
    return this.words.refusal(this.error(), 'newPassword') || this.words.refusal(this.error());
  });

  protected logOut(): Promise<void> {
    return this.session.logOut();
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    this.isTried.set(true);
    if (this.isBusy() || this.current() === '' || !this.isGood()) return;
    this.isBusy.set(true);
    this.error.set(null);
    try {
      this.session.begin(
        await this.api.changePassword({
          currentPassword: this.current(),
          newPassword: this.chosen(),
        }),
      );
      await this.router.navigateByUrl(returnPath(this.return()));
    } catch (error) {
      this.error.set(apiError(error)); // a refusal, or no answer
    } finally {
      this.isBusy.set(false);
    }
  }
}
