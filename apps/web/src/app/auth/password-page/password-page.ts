import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { MIN_PASSWORD_LENGTH } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../../frame/icon';
import { Logo } from '../../frame/logo';
import { Words } from '../../language/words';
import { apiError } from '../api-error';
import { AuthApi } from '../auth-api';
import { returnPath, Session } from '../session';

/** A new password: before anything else for whoever got one from the installation. */
@Component({
  selector: 'fab-password-page',
  imports: [Icon, Logo, RouterLink, TranslatePipe],
  templateUrl: './password-page.html',
  styleUrl: '../auth-form.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PasswordPage {
  private readonly api = inject(AuthApi);
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly words = inject(Words);

  /** Query parameter: where the reader wanted to go. */
  readonly return = input<string>();
  protected readonly min = MIN_PASSWORD_LENGTH;
  protected readonly isFirst = this.session.mustChangePassword;
  protected readonly isBusy = signal(false);
  protected readonly problem = signal<string | null>(null);
  protected readonly current = signal('');
  protected readonly chosen = signal('');
  protected readonly again = signal('');
  protected readonly rules = computed(() => [
    { key: 'password.rule_length' as const, isMet: this.chosen().length >= this.min },
    {
      key: 'password.rule_other' as const,
      isMet: this.chosen() !== '' && this.chosen() !== this.current(),
    },
    {
      key: 'password.rule_same' as const,
      isMet: this.chosen() !== '' && this.chosen() === this.again(),
    },
  ]);

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isBusy()) return;
    if (this.current() === '') return this.problem.set(this.words.say('password.current_missing'));
    if (this.rules().some(({ isMet }) => !isMet))
      return this.problem.set(this.words.say('password.not_yet'));
    this.isBusy.set(true);
    this.problem.set(null);
    try {
      const request = { currentPassword: this.current(), newPassword: this.chosen() };
      this.session.begin(await this.api.changePassword(request));
      await this.router.navigateByUrl(returnPath(this.return()));
    } catch (error) {
      // A refusal, or nothing answered: said below the fields, which keep what was typed.
      const { code, params, fields } = apiError(error);
      this.problem.set(this.words.error(Object.values(fields)[0] ?? code, params));
    } finally {
      this.isBusy.set(false);
    }
  }

  protected valueOf(event: Event): string {
    return event.target instanceof HTMLInputElement ? event.target.value : '';
  }
}
