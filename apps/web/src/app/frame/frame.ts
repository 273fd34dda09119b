import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  inject,
} from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { toIso } from '@fabomatic/kernel';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../auth/current-member';
import { Formats } from '../language/formats';
import { LanguageChoice } from '../language/language-choice';
import { LabClock } from '../live/lab-clock';
import { LiveFeed } from '../live/live-feed';
import { ConnectionNotice } from './connection-notice/connection-notice';
import { Icon } from './icon';
import { Logo } from './logo';
import { NavigationView } from './navigation-view';
import { ToastPlace } from './toast/toast-place';
import { TopBar } from './top-bar';

/**
 * What stands around every page of the portal. While it is there, the lab is followed live, for those
 * who may see it.
 */
@Component({
  selector: 'fab-frame',
  imports: [
    ConnectionNotice,
    Icon,
    Logo,
    RouterLink,
    RouterLinkActive,
    RouterOutlet,
    ToastPlace,
    TopBar,
    TranslatePipe,
  ],
  templateUrl: './frame.html',
  styleUrl: './frame.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Frame {
  private readonly feed = inject(LiveFeed);
  private readonly formats = inject(Formats);
  private readonly clock = inject(LabClock);
  private readonly language = inject(LanguageChoice);
  protected readonly member = inject(CurrentMember);
  protected readonly entries = inject(NavigationView).entries;
  protected readonly lab = this.feed.lab;
  protected readonly now = computed(() => {
    const now = toIso(this.clock.nowS());
    return `${this.formats.day(now)}, ${this.formats.clock(now)}`;
  });

  constructor() {
    // The guard has waited until it is known who it is.
    if (!this.member.isPlain()) this.feed.start();
    effect(() => {
      const language = this.member.view()?.language ?? null;
      if (language !== null) void this.language.follow(language);
    });
    inject(DestroyRef).onDestroy(() => this.feed.stop());
  }

  /** A link to `#content` would be resolved against `<base>` and leave the page. */
  protected skipTo(content: HTMLElement, event: Event): void {
    event.preventDefault();
    content.focus();
  }
}
