import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { toIso } from '@fabomatic/kernel';
import { TranslatePipe } from '@ngx-translate/core';
import { Logo } from '../../frame/logo';
import { ChoicesFromAddress } from '../choices-from-address';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { LabClock } from '../../live/lab-clock';
import { StatusGlyph } from '../../machines/status-glyph/status-glyph';
import { PublicFeed } from '../public-feed';
import { countStatuses, MAX_ON_SCREEN, tvGrid } from '../public-view';
import { ScreenKeeper } from '../screen-keeper';
import { TvTile } from '../tv-tile/tv-tile';

/** Where there are more machines than fit, each page of them stays for so long. */
const PAGE_S = 20;

/** The screen on the wall: each machine at its place, for weeks, without anybody touching it. */
@Component({
  selector: 'fab-tv-page',
  imports: [Logo, StatusGlyph, TranslatePipe, TvTile],
  providers: [PublicFeed, ScreenKeeper, ChoicesFromAddress],
  templateUrl: './tv-page.html',
  styleUrl: './tv-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TvPage {
  private readonly formats = inject(Formats);
  private readonly words = inject(Words);
  protected readonly feed = inject(PublicFeed);
  protected readonly nowS = inject(LabClock).nowS;

  protected readonly isOff = computed(
    () => this.feed.isOff() || this.feed.view()?.pages.tv === false,
  );
  protected readonly counts = computed(() => countStatuses(this.feed.machines()));
  protected readonly clock = computed(() => this.formats.clock(toIso(this.nowS())));

  private readonly pages = computed(() =>
    Math.max(1, Math.ceil(this.feed.machines().length / MAX_ON_SCREEN)),
  );
  private readonly page = computed(() => Math.floor(this.nowS() / PAGE_S) % this.pages());
  protected readonly machines = computed(() => {
    const from = this.page() * MAX_ON_SCREEN;
    return this.feed.machines().slice(from, from + MAX_ON_SCREEN);
  });
  protected readonly pageOfPages = computed(() =>
    this.pages() === 1
      ? ''
      : this.words.say('tv.page', { page: this.page() + 1, pages: this.pages() }),
  );
  protected readonly grid = computed(() =>
    tvGrid(this.pages() > 1 ? MAX_ON_SCREEN : this.feed.machines().length),
  );

  /** The use that began last and still goes on. */
  protected readonly latest = computed(() => {
    const uses = this.feed
      .machines()
      .flatMap(({ view: { name, use } }) => (use === null ? [] : [{ name, ...use }]));
    const [last] = uses.sort((a, b) => b.startedAt.localeCompare(a.startedAt));
    if (last === undefined) return null;
    const time = this.formats.clock(last.startedAt);
    return last.who === null
      ? this.words.say('tv.latest', { machine: last.name, time })
      : this.words.say('tv.latest_who', { machine: last.name, time, who: last.who });
  });

  protected readonly connection = computed(() => {
    const state = this.feed.state();
    const view = this.feed.view();
    if (state.kind === 'stale') {
      if (view === null) return this.words.say('live.unreachable_title');
      return this.words.say('live.stale_title', { time: this.formats.clock(toIso(state.sinceS)) });
    }
    const heardS = this.feed.lastMessageS();
    if (view === null || heardS === null) return this.words.say('live.connecting');
    if (!view.broker.connected)
      return this.words.say('live.broker_title', { time: this.formats.clock(view.broker.since) });
    const ago = this.formats.duration(this.nowS() - heardS);
    return this.words.say('tv.updated', { ago });
  });

  constructor() {
    inject(ScreenKeeper).keep(this.feed.state);
    inject(ChoicesFromAddress).follow(this.feed.view);
  }
}
