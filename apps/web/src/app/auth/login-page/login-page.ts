import { ChangeDetectionStrategy, Component, inject, input, signal } from '@angular/core';
import { Router } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../../frame/icon';
import { Logo } from '../../frame/logo';
import { Words } from '../../language/words';
import { apiError } from '../api-error';
import { AuthApi } from '../auth-api';
import { returnPath, Session } from '../session';

/** E-mail and password. Members need no login: their card opens the machines. */
@Component({
  selector: 'fab-login-page',
  imports: [Icon, Logo, TranslatePipe],
  templateUrl: './login-page.html',
  styleUrl: '../auth-form.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LoginPage {
  private readonly api = inject(AuthApi);
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly words = inject(Words);

  /** Query parameter: where the reader wanted to go. */
  readonly return = input<string>();
  protected readonly isBusy = signal(false);
  protected readonly problem = signal<string | null>(null);

  protected async logIn(event: Event, email: string, password: string): Promise<void> {
    event.preventDefault();
    if (this.isBusy()) return;
    if (email.trim() === '') return this.problem.set(this.words.say('login.email_missing'));
    if (password === '') return this.problem.set(this.words.say('login.password_missing'));
    this.isBusy.set(true);
    this.problem.set(null);
    try {
      this.session.begin(await this.api.logIn({ email, password }));
      await this.router.navigateByUrl(returnPath(this.return()));
    } catch (error) {
      // A refusal, or nothing answered: said below the fields, which keep what was typed.
      const { code, params } = apiError(error);
      this.problem.set(this.words.error(code, params));
    } finally {
      this.isBusy.set(false);
    }
  }
}
