import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { LANGUAGES } from '@fabomatic/i18n';
import { TranslatePipe } from '@ngx-translate/core';
import { Logo } from '../../frame/logo';
import { COUNT_ORDER } from '../../dashboard/dashboard-groups';
import { LanguageChoice } from '../../language/language-choice';
import { StatusMark } from '../../machines/status-glyph/status-mark';

/** The page before the portal: a form on the left; on the right what the marks of the lab mean. */
@Component({
  selector: 'fab-auth-page',
  imports: [Logo, StatusMark, TranslatePipe],
  templateUrl: './auth-page.html',
  styleUrl: './auth-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AuthPage {
  protected readonly language = inject(LanguageChoice);
  protected readonly languages = LANGUAGES;
  protected readonly statuses = COUNT_ORDER;
}
