import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { AuthApi } from '../auth-api';
import { AuthPage } from '../auth-page/auth-page';
import { codeEntry } from '../code-entry';
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
        <form novalidate (submit)="entry.submit($event)">
          <fab-text-field
            autocomplete="one-time-code"
            [takesFocus]="true"
            [label]="'login.code' | translate"
            [error]="entry.problem()"
            [(value)]="entry.code"
          />
          <button type="submit" class="btn primary tall" [attr.aria-busy]="entry.isBusy()">
            {{ 'second_factor.renew' | translate }}
          </button>
          <span role="alert" class="only-read-aloud">{{ entry.problem() }}</span>
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

  protected readonly codes = signal<readonly string[] | null>(null);
  private readonly isKept = signal(false);
  protected readonly entry = codeEntry('login.code_missing', async (code) => {
    this.codes.set((await this.api.newRecoveryCodes(code)).codes);
  });

  wouldLoseCodes(): boolean {
    return this.codes() !== null && !this.isKept();
  }

  protected async goOn(): Promise<void> {
    this.isKept.set(true);
    await this.router.navigate(['/account']);
  }
}
