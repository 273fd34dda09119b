import { Clipboard } from '@angular/cdk/clipboard';
import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { SecondFactorSetup } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../../frame/icon';
import { Words } from '../../language/words';
import { type ApiError, apiError } from '../api-error';
import { AuthApi } from '../auth-api';
import { AuthPage } from '../auth-page/auth-page';
import { codeEntry } from '../code-entry';
import { CurrentMember } from '../current-member';
import { returnPath, Session } from '../session';
import { TextField } from '../text-field/text-field';
import type { CodesPage } from './kept-codes-guard';
import { QrCode } from './qr-code';
import { RecoveryCodeList } from './recovery-codes';

/** What the API says when there is one already. */
const IS_ON = 'auth.second_factor_is_on';

/** An authenticator app is set up: the picture, a code of it, and the codes for when it is gone. */
@Component({
  selector: 'fab-second-factor-page',
  imports: [AuthPage, Icon, QrCode, RecoveryCodeList, RouterLink, TextField, TranslatePipe],
  templateUrl: './second-factor-page.html',
  styleUrls: ['../auth-form.css', './second-factor-page.css'],
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SecondFactorPage implements CodesPage {
  private readonly api = inject(AuthApi);
  private readonly clipboard = inject(Clipboard);
  private readonly member = inject(CurrentMember);
  private readonly router = inject(Router);
  private readonly session = inject(Session);
  private readonly words = inject(Words);

  /** From the query string: where the reader wanted to go. */
  readonly return = input<string>();

  protected readonly isOwed = this.session.mustSetUpSecondFactor;
  protected readonly setup = signal<SecondFactorSetup | null>(null);
  protected readonly codes = signal<readonly string[] | null>(null);
  protected readonly isCopied = signal(false);
  private readonly isKept = signal(false);
  private readonly startError = signal<ApiError | null>(null);

  /** In fours, as it is typed. */
  protected readonly secret = computed(() => this.setup()?.secret.replace(/(.{4})(?=.)/g, '$1 '));
  protected readonly isOn = computed(() => this.startError()?.code === IS_ON);
  protected readonly startRefusal = computed(() => this.words.refusal(this.startError()));
  protected readonly entry = codeEntry('second_factor.code_missing', async (code) => {
    this.codes.set((await this.api.confirmSecondFactor(code)).codes);
  });

  constructor() {
    void this.begin();
  }

  wouldLoseCodes(): boolean {
    return this.codes() !== null && !this.isKept();
  }

  protected async begin(): Promise<void> {
    this.startError.set(null);
    try {
      this.setup.set(await this.api.beginSecondFactor());
    } catch (error) {
      this.startError.set(apiError(error)); // there is one already, or no answer
    }
  }

  protected copySecret(): void {
    this.isCopied.set(this.clipboard.copy(this.setup()?.secret ?? ''));
  }

  /** The token is renewed because it still says what is owed. */
  protected async goOn(): Promise<void> {
    this.isKept.set(true);
    await this.session.renew();
    this.member.reload();
    await this.router.navigateByUrl(returnPath(this.return()));
  }

  protected logOut(): Promise<void> {
    return this.session.logOut();
  }
}
