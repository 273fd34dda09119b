import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { SecondFactorCode } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { Words } from '../../language/words';
import { type ApiError, apiError } from '../api-error';
import { AuthApi } from '../auth-api';
import { AuthPage } from '../auth-page/auth-page';
import { returnPath, Session } from '../session';
import { TextField } from '../text-field/text-field';

/** Email and password; then the code of the app, for members who have a second factor. */
@Component({
  selector: 'fab-login-page',
  imports: [AuthPage, RouterLink, TextField, TranslatePipe],
  templateUrl: './login-page.html',
  styleUrl: '../auth-form.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LoginPage {
  private readonly api = inject(AuthApi);
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly words = inject(Words);

  /** From the query string: where the reader wanted to go. */
  readonly return = input<string>();

  protected readonly email = signal('');
  protected readonly password = signal('');
  protected readonly code = signal('');
  /** The password was right, and the API asks for a code too. */
  protected readonly isCodeAsked = signal(false);
  /** Whether there is mail to send a link with. */
  protected readonly canSendLinks = signal(false);
  protected readonly isBusy = signal(false);
  private readonly isTried = signal(false);
  private readonly error = signal<ApiError | null>(null);

  protected readonly refusal = computed(() => {
    const error = this.error();
    return error === null ? '' : this.words.error(error.code, error.params);
  });
  protected readonly emailError = computed(() =>
    this.isTried() && this.email().trim() === '' ? this.words.say('login.email_missing') : '',
  );
  protected readonly passwordError = computed(() => {
    if (this.isTried() && this.password() === '') return this.words.say('login.password_missing');
    return this.refusal();
  });
  private readonly parsedCode = computed(() => SecondFactorCode.safeParse(this.code()));
  protected readonly codeError = computed(() => {
    if (this.isTried() && !this.parsedCode().success) return this.words.say('login.code_missing');
    return this.refusal();
  });

  constructor() {
    void this.learnOptions();
  }

  protected async logIn(event: Event): Promise<void> {
    event.preventDefault();
    this.isTried.set(true);
    const isFilled = this.email().trim() !== '' && this.password() !== '';
    if (this.isBusy() || !isFilled || (this.isCodeAsked() && !this.parsedCode().success)) return;
    this.isBusy.set(true);
    this.error.set(null);
    try {
      const code = this.isCodeAsked() ? this.parsedCode().data : undefined;
      const who = { email: this.email().trim(), password: this.password() };
      this.session.begin(await this.api.logIn(code === undefined ? who : { ...who, code }));
      await this.router.navigateByUrl(returnPath(this.return()));
    } catch (error) {
      this.refuse(apiError(error)); // a refusal, or no answer
    } finally {
      this.isBusy.set(false);
    }
  }

  /** Back to email and password, as another member perhaps. */
  protected startAgain(): void {
    this.isCodeAsked.set(false);
    this.isTried.set(false);
    this.error.set(null);
    this.password.set('');
    this.code.set('');
  }

  private refuse(error: ApiError): void {
    if (error.code === 'auth.second_factor_required' && !this.isCodeAsked()) {
      this.isCodeAsked.set(true);
      this.isTried.set(false);
    } else this.error.set(error);
  }

  private async learnOptions(): Promise<void> {
    try {
      this.canSendLinks.set((await this.api.options()).canSendLinks);
    } catch {
      // No answer: the page works without the link, and the login itself will say what is wrong.
    }
  }
}
