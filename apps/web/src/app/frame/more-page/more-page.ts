import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../../auth/current-member';
import { Session } from '../../auth/session';
import { FirstRunState } from '../../first-run/first-run-state';
import { LanguageChoice } from '../../language/language-choice';
import { LiveFeed } from '../../live/live-feed';
import { LanguageList } from '../choice-list/language-list';
import { ThemeList } from '../choice-list/theme-list';
import { Icon } from '../icon';
import { NavigationView } from '../navigation-view';

/** What the top bar's menus hold on wider screens. */
@Component({
  selector: 'fab-more-page',
  imports: [Icon, LanguageList, RouterLink, ThemeList, TranslatePipe],
  templateUrl: './more-page.html',
  styleUrl: './more-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MorePage {
  private readonly session = inject(Session);
  protected readonly member = inject(CurrentMember);
  protected readonly language = inject(LanguageChoice);
  protected readonly lab = inject(LiveFeed).lab;
  protected readonly firstRun = inject(FirstRunState);
  protected readonly pages = inject(NavigationView).beyondBar;

  protected logOut(): Promise<void> {
    return this.session.logOut();
  }
}
