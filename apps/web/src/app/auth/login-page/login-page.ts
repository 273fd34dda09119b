import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { Router } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { Words } from '../../language/words';
import { type ApiError, apiError } from '../api-error';
import { AuthApi } from '../auth-api';
import { AuthPage } from '../auth-page/auth-page';
import { returnPath, Session } from '../session';
import { TextField } from '../text-field/text-field';

@Component({
  selector: 'fab-login-page',
  imports: [AuthPage, TextField, TranslatePipe],
  template: `
    <fab-auth-page>
      <h1>{{ 'login.title' | translate }}</h1>
      <form novalidate (submit)="logIn($event)">
        <fab-text-field
          type="email"
          autocomplete="username"
          [label]="'login.email' | translate"
          [error]="emailError()"
          [(value)]="email"
        />
        <fab-text-field
          type="password"
          autocomplete="current-password"
          [label]="'login.password' | translate"
          [error]="passwordError()"
          [(value)]="password"
        />
        <button type="submit" class="btn primary tall" [attr.aria-busy]="isBusy()">
          {{ (isBusy() ? 'login.busy' : 'login.submit') | translate }}
        </button>
        <span role="alert" class="only-read-aloud">{{ refusal() }}</span>
      </form>
      <p class="ink-3">{{ 'login.members_hint' | translate }}</p>
    </fab-auth-page>
  `,
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

  protected async logIn(event: Event): Promise<void> {
    event.preventDefault();
    this.isTried.set(true);
    if (this.isBusy() || this.email().trim() === '' || this.password() === '') return;
    this.isBusy.set(true);
    this.error.set(null);
    try {
      this.session.begin(
        await this.api.logIn({ email: this.email().trim(), password: this.password() }),
      );
      await this.router.navigateByUrl(returnPath(this.return()));
    } catch (error) {
      this.error.set(apiError(error)); // a refusal, or no answer
    } finally {
      this.isBusy.set(false);
    }
  }
}
