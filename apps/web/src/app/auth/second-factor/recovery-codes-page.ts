import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { SecondFactorCode } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { Words } from '../../language/words';
import { type ApiError, apiError } from '../api-error';
import { AuthApi } from '../auth-api';
import { AuthPage } from '../auth-page/auth-page';
import { TextField } from '../text-field/text-field';
import type { CodesPage } from './kept-codes-guard';
import { RecoveryCodeList } from './recovery-codes';

/** New recovery codes in the place of the old ones, for a code of the app. */
@Component({
  selector: 'fab-recovery-codes-page',
  imports: [AuthPage, RecoveryCodeList, RouterLink, TextField, TranslatePipe],
  template: `
    <fab-auth-page>
      @if (codes(); as codes) {
        <fab-recovery-codes [codes]="codes" (kept)="goOn()" />
      } @else {
        <h1>{{ 'second_factor.renew_title' | translate }}</h1>
        <p class="lead ink-2">{{ 'second_factor.renew_text' | translate }}</p>
        <form novalidate (submit)="renew($event)">
          <fab-text-field
            autocomplete="one-time-code"
            [takesFocus]="true"
            [label]="'login.code' | translate"
            [error]="codeError()"
            [(value)]="code"
          />
          <button type="submit" class="btn primary tall" [attr.aria-busy]="isBusy()">
            {{ 'second_factor.renew' | translate }}
          </button>
          <span role="alert" class="only-read-aloud">{{ codeError() }}</span>
        </form>
        <a class="mid" routerLink="/account">{{ 'password.cancel' | translate }}</a>
      }
    </fab-auth-page>
  `,
  styleUrl: '../auth-form.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RecoveryCodesPage implements CodesPage {
  private readonly api = inject(AuthApi);
  private readonly router = inject(Router);
  private readonly words = inject(Words);

  protected readonly codes = signal<readonly string[] | null>(null);
  protected readonly code = signal('');
  protected readonly isBusy = signal(false);
  private readonly isKept = signal(false);
  private readonly isTried = signal(false);
  private readonly error = signal<ApiError | null>(null);
  private readonly parsed = computed(() => SecondFactorCode.safeParse(this.code()));
  protected readonly codeError = computed(() => {
    if (this.isTried() && !this.parsed().success) return this.words.say('login.code_missing');
    return this.words.refusal(this.error(), 'code') || this.words.refusal(this.error());
  });

  wouldLoseCodes(): boolean {
    return this.codes() !== null && !this.isKept();
  }

  protected async renew(event: Event): Promise<void> {
    event.preventDefault();
    this.isTried.set(true);
    const { data: code } = this.parsed();
    if (this.isBusy() || code === undefined) return;
    this.isBusy.set(true);
    this.error.set(null);
    try {
      this.codes.set((await this.api.newRecoveryCodes(code)).codes);
    } catch (error) {
      this.error.set(apiError(error)); // a wrong code, or no answer
    } finally {
      this.isBusy.set(false);
    }
  }

  protected async goOn(): Promise<void> {
    this.isKept.set(true);
    await this.router.navigate(['/account']);
  }
}
