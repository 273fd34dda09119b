import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { MIN_PASSWORD_LENGTH, type PasswordLinkView } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { Words } from '../../language/words';
import { type ApiError, apiError } from '../api-error';
import { AuthApi } from '../auth-api';
import { AuthPage } from '../auth-page/auth-page';
import { passwordRules } from '../password-page/password-rules';
import { type ShownRule, RuleList } from '../password-page/rule-list';
import { Session } from '../session';
import { TextField } from '../text-field/text-field';

/** Too old, or used. */
const LINK_INVALID = 'auth.link_invalid';

/** A password by a link from a mail: the token is the fragment, and leaves the address at once. */
@Component({
  selector: 'fab-link-page',
  imports: [AuthPage, RouterLink, RuleList, TextField, TranslatePipe],
  templateUrl: './link-page.html',
  styleUrl: '../auth-form.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LinkPage {
  private readonly api = inject(AuthApi);
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly words = inject(Words);
  private readonly token = inject(ActivatedRoute).snapshot.fragment ?? '';

  protected readonly link = signal<PasswordLinkView | null>(null);
  /** Why the link cannot be used; null: it can, or that is not known yet. */
  private readonly linkError = signal<ApiError | null>(null);
  protected readonly linkRefusal = computed(() => {
    const error = this.linkError();
    return error === null ? '' : this.words.error(error.code, error.params);
  });
  protected readonly canTryAgain = computed(() => this.linkError()?.code === 'network');
  protected readonly isDone = signal(false);

  protected readonly chosen = signal('');
  protected readonly again = signal('');
  protected readonly isBusy = signal(false);
  private readonly isTried = signal(false);
  private readonly error = signal<ApiError | null>(null);
  private readonly met = computed(() =>
    passwordRules({ current: '', chosen: this.chosen(), again: this.again() }),
  );
  protected readonly rules = computed<ShownRule[]>(() => [
    {
      text: this.words.say('password.rule_length', { min: MIN_PASSWORD_LENGTH }),
      isMet: this.met().isLong,
    },
    { text: this.words.say('password.rule_same'), isMet: this.met().isSame },
  ]);
  private readonly isGood = computed(() => this.rules().every(({ isMet }) => isMet));
  protected readonly chosenError = computed(() => {
    if (this.isTried() && !this.isGood()) return this.words.say('password.not_yet');
    return this.words.refusal(this.error(), 'newPassword') || this.words.refusal(this.error());
  });

  constructor() {
    void this.check();
  }

  protected async check(): Promise<void> {
    this.linkError.set(null);
    // A token that stays in the address is found in the browser's history.
    history.replaceState(history.state, '', location.pathname);
    try {
      this.link.set(await this.api.checkLink(this.token));
    } catch (error) {
      this.refuseLink(apiError(error)); // too old, or no answer
    }
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    this.isTried.set(true);
    if (this.isBusy() || !this.isGood()) return;
    this.isBusy.set(true);
    this.error.set(null);
    try {
      await this.api.useLink({ token: this.token, newPassword: this.chosen() });
      this.isDone.set(true);
    } catch (error) {
      const refusal = apiError(error);
      if (refusal.code === LINK_INVALID) this.refuseLink(refusal);
      else this.error.set(refusal);
    } finally {
      this.isBusy.set(false);
    }
  }

  /** All sessions have ended with the old password, the one of this browser too. */
  protected async goOn(): Promise<void> {
    if (this.session.isLoggedIn()) await this.session.logOut();
    else await this.router.navigate(['/login']);
  }

  /** A token that is no token at all is refused for its form: to the reader it is the same. */
  private refuseLink(error: ApiError): void {
    const isForm = error.code === 'request.invalid';
    this.linkError.set(isForm ? { ...error, code: LINK_INVALID } : error);
    this.link.set(null);
  }
}
