import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { Words } from '../../language/words';
import { type ApiError, apiError } from '../api-error';
import { AuthApi } from '../auth-api';
import { AuthPage } from '../auth-page/auth-page';
import { TextField } from '../text-field/text-field';

/** Asks for a link by mail. What it says afterwards tells nobody who has a login here. */
@Component({
  selector: 'fab-forgot-page',
  imports: [AuthPage, RouterLink, TextField, TranslatePipe],
  template: `
    <fab-auth-page>
      <h1>{{ 'forgot.title' | translate }}</h1>
      @if (isSent()) {
        <p class="lead ink-2" role="status">{{ 'forgot.sent' | translate: { email: email() } }}</p>
      } @else {
        <p class="lead ink-2">{{ 'forgot.text' | translate }}</p>
        <form novalidate (submit)="ask($event)">
          <fab-text-field
            type="email"
            autocomplete="username"
            [takesFocus]="true"
            [label]="'login.email' | translate"
            [error]="emailError()"
            [(value)]="email"
          />
          <button type="submit" class="btn primary tall" [attr.aria-busy]="isBusy()">
            {{ 'forgot.submit' | translate }}
          </button>
          <span role="alert" class="only-read-aloud">{{ emailError() }}</span>
        </form>
      }
      <p class="after">
        <a class="mid" routerLink="/login">{{ 'forgot.back' | translate }}</a>
      </p>
    </fab-auth-page>
  `,
  styleUrl: '../auth-form.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ForgotPage {
  private readonly api = inject(AuthApi);
  private readonly words = inject(Words);

  protected readonly email = signal('');
  protected readonly isBusy = signal(false);
  protected readonly isSent = signal(false);
  private readonly isTried = signal(false);
  private readonly error = signal<ApiError | null>(null);
  protected readonly emailError = computed(() => {
    if (this.isTried() && this.email().trim() === '') return this.words.say('login.email_missing');
    return this.words.refusal(this.error(), 'email') || this.words.refusal(this.error());
  });

  protected async ask(event: Event): Promise<void> {
    event.preventDefault();
    this.isTried.set(true);
    if (this.isBusy() || this.email().trim() === '') return;
    this.isBusy.set(true);
    this.error.set(null);
    try {
      await this.api.askForLink({ email: this.email().trim() });
      this.isSent.set(true);
    } catch (error) {
      this.error.set(apiError(error)); // too many, or no answer
    } finally {
      this.isBusy.set(false);
    }
  }
}
