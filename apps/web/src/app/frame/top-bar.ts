import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import { LANGUAGES } from '@fabomatic/i18n';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../auth/current-member';
import { Session } from '../auth/session';
import { LanguageChoice } from '../language/language-choice';
import { ConnectionState } from './connection-state/connection-state';
import { Icon } from './icon';
import { PageTitle } from './page-title';
import { ThemeChoice, THEMES } from './theme-choice';

/** Where one is (phones), whether it is live, and the reader's own choices (wider screens). */
@Component({
  selector: 'fab-top-bar',
  imports: [ConnectionState, Icon, MatMenuModule, RouterLink, TranslatePipe],
  templateUrl: './top-bar.html',
  styleUrl: './top-bar.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TopBar {
  private readonly session = inject(Session);
  protected readonly theme = inject(ThemeChoice);
  protected readonly language = inject(LanguageChoice);
  protected readonly member = inject(CurrentMember);
  protected readonly pageTitle = inject(PageTitle);
  protected readonly themes = THEMES;
  protected readonly languages = LANGUAGES;
  protected readonly languageCode = computed(() => this.language.current().toUpperCase());
  protected readonly languageName = computed(
    () => LANGUAGES.find(({ code }) => code === this.language.current())?.name ?? '',
  );

  protected logOut(): Promise<void> {
    return this.session.logOut();
  }
}
