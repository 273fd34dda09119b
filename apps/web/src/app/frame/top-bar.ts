import { ChangeDetectionStrategy, Component, computed, inject, viewChild } from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import { Router, RouterLink } from '@angular/router';
import { LANGUAGES } from '@fabomatic/i18n';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../auth/current-member';
import { Session } from '../auth/session';
import { FirstRunState } from '../first-run/first-run-state';
import { LanguageChoice } from '../language/language-choice';
import { SearchField } from '../search/search-field';
import { ConnectionState } from './connection-state/connection-state';
import { Icon } from './icon';
import { PageTitle } from './page-title';
import { ThemeChoice, THEMES } from './theme-choice';

/** Where one is (phones), whether it is live, and the reader's own choices (wider screens). */
@Component({
  selector: 'fab-top-bar',
  imports: [ConnectionState, Icon, MatMenuModule, RouterLink, SearchField, TranslatePipe],
  templateUrl: './top-bar.html',
  styleUrl: './top-bar.css',
  host: { '(document:keydown)': 'searchOnKey($event)' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TopBar {
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly searchField = viewChild(SearchField);
  protected readonly theme = inject(ThemeChoice);
  protected readonly language = inject(LanguageChoice);
  protected readonly member = inject(CurrentMember);
  protected readonly pageTitle = inject(PageTitle);
  protected readonly firstRun = inject(FirstRunState);
  protected readonly themes = THEMES;
  protected readonly languages = LANGUAGES;
  protected readonly languageCode = computed(() => this.language.current().toUpperCase());
  protected readonly languageName = computed(
    () => LANGUAGES.find(({ code }) => code === this.language.current())?.name ?? '',
  );

  protected logOut(): Promise<void> {
    return this.session.logOut();
  }

  /** `/` outside of fields, Ctrl-K and Cmd-K anywhere. */
  protected searchOnKey(event: KeyboardEvent): void {
    if (this.member.isPlain()) return;
    const isChord = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k';
    const isSlash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isChord && !(isSlash && !isTyping(event.target))) return;
    event.preventDefault();
    if (this.searchField()?.focus() !== true) void this.router.navigate(['/search']);
  }
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(?:input|textarea|select)$/i.test(target.tagName))
  );
}
