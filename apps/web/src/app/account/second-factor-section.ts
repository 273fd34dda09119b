import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { SecondFactorView } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { AuthApi } from '../auth/auth-api';
import { codeEntry } from '../auth/code-entry';
import { CurrentMember } from '../auth/current-member';
import { TextField } from '../auth/text-field/text-field';
import { detail } from '../frame/detail-page/detail';
import { DetailSection } from '../frame/detail-page/detail-section';
import { DetailStates } from '../frame/detail-page/detail-states';
import { Icon } from '../frame/icon';
import type { BackLink } from '../frame/page-action';
import { TimeText } from '../frame/time-text';
import { Toasts } from '../frame/toast/toasts';
import { Words } from '../language/words';

/** Fewer codes than this: time for new ones. */
const FEW_CODES = 3;

/** Whether a second factor is on, and what can be done about it. */
@Component({
  selector: 'fab-second-factor-section',
  imports: [DetailSection, DetailStates, Icon, RouterLink, TextField, TimeText, TranslatePipe],
  templateUrl: './second-factor-section.html',
  styleUrl: './account-lines.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SecondFactorSection {
  private readonly api = inject(AuthApi);
  private readonly member = inject(CurrentMember);
  private readonly toasts = inject(Toasts);
  private readonly words = inject(Words);

  protected readonly back: BackLink = { label: 'account.title', link: '/account' };
  protected readonly factor = detail({
    url: () => '/api/v1/auth/second-factor',
    schema: SecondFactorView,
  });
  /** The reader wants it off and is asked for a code. */
  protected readonly isTurningOff = signal(false);
  protected readonly entry = codeEntry('login.code_missing', async (code) => {
    await this.api.turnOffSecondFactor(code);
    this.open(false);
    this.toasts.show(this.words.say('my_account.factor_is_off'));
    this.factor.reload();
    this.member.reload();
  });

  protected codesLeft({ recoveryCodesLeft }: SecondFactorView): string {
    return this.words.count('my_account.codes_left', recoveryCodesLeft);
  }

  protected areFew({ recoveryCodesLeft }: SecondFactorView): boolean {
    return recoveryCodesLeft < FEW_CODES;
  }

  protected open(isOpen: boolean): void {
    this.entry.clear();
    this.isTurningOff.set(isOpen);
  }
}
