import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { fromIso, toIso } from '@fabomatic/kernel';
import { LANGUAGES } from '@fabomatic/i18n';
import { TranslatePipe } from '@ngx-translate/core';
import { Logo } from '../../frame/logo';
import { PhoneLine } from '../../frame/phone-line/phone-line';
import { Formats } from '../../language/formats';
import { LanguageChoice } from '../../language/language-choice';
import { Words } from '../../language/words';
import { LabClock } from '../../live/lab-clock';
import { StatusGlyph } from '../../machines/status-glyph/status-glyph';
import { PublicFeed, type PublicMachineNow } from '../public-feed';
import { countStatuses } from '../public-view';

/** What the machines are doing, for whoever is on the way to the lab. */
@Component({
  selector: 'fab-status-page',
  imports: [Logo, PhoneLine, RouterLink, StatusGlyph, TranslatePipe],
  providers: [PublicFeed],
  templateUrl: './status-page.html',
  styleUrl: './status-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StatusPage {
  private readonly formats = inject(Formats);
  private readonly words = inject(Words);
  private readonly nowS = inject(LabClock).nowS;
  protected readonly feed = inject(PublicFeed);
  protected readonly language = inject(LanguageChoice);
  protected readonly languages = LANGUAGES;

  protected readonly isOff = computed(
    () => this.feed.isOff() || this.feed.view()?.pages.status === false,
  );
  protected readonly isStale = computed(() => this.feed.staleSinceS() !== null);
  protected readonly counts = computed(() => countStatuses(this.feed.machines()));
  protected readonly machines = computed(() =>
    this.feed.machines().map((machine) => ({ ...machine, ...this.lines(machine) })),
  );
  protected readonly connection = computed(() => {
    const state = this.feed.state();
    if (state.kind === 'live') return this.words.say('live.live');
    if (state.kind === 'connecting') return this.words.say('live.connecting');
    return this.feed.view() === null
      ? this.words.say('live.unreachable_title')
      : this.words.say('live.stale_title', { time: this.formats.clock(toIso(state.sinceS)) });
  });

  /** Beneath the name, and beneath the status. */
  private lines({ view, status }: PublicMachineNow): { what: string; figure: string } {
    const nowS = this.nowS();
    switch (status) {
      case 'in-use': {
        if (view.use === null) return { what: '', figure: '' };
        const duration = this.formats.duration(nowS - fromIso(view.use.startedAt));
        return {
          what: view.use.who ?? this.formats.since(view.use.startedAt, nowS),
          figure: this.isStale() ? '' : duration,
        };
      }
      case 'maintenance':
        return { what: view.duePlan ?? this.words.say('tv.plan_due'), figure: '' };
      case 'blocked':
        return {
          what: view.blockedReason || this.words.say('tv.ask_staff'),
          figure: view.blockedAt === null ? '' : this.formats.since(view.blockedAt, nowS),
        };
      case 'offline':
        return {
          what: this.words.say('tv.ask_staff'),
          figure:
            view.lastSeenAt === null
              ? this.words.say('tv.never_seen')
              : this.words.say('tv.seen', { when: this.formats.when(view.lastSeenAt, nowS) }),
        };
      case 'free':
        return { what: this.words.say('tv.tap'), figure: '' };
    }
  }
}
