import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { toIso } from '@fabomatic/kernel';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { StatusGlyph } from '../../machines/status-glyph/status-glyph';
import { LabClock } from '../../live/lab-clock';
import { LiveFeed } from '../../live/live-feed';

/** Above a page while the stream, or the broker behind it, is lost. Read aloud once, not each second. */
@Component({
  selector: 'fab-connection-notice',
  imports: [StatusGlyph],
  template: `
    <span class="only-read-aloud" role="status" aria-live="polite">{{ title() }}</span>
    @if (title(); as title) {
      <div class="quiet-box">
        <fab-status-glyph status="offline" />
        <p class="space">
          <b>{{ title }}</b> <span class="ink-2">{{ text() }}</span>
        </p>
        @if (isLost()) {
          <button type="button" class="link-btn no-wrap" (click)="tryNow()">
            {{ words.say('live.try_now') }}
          </button>
        }
      </div>
    }
  `,
  styles: `
    .quiet-box {
      margin-bottom: var(--s6);
    }
    b {
      margin-inline-end: var(--s1);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ConnectionNotice {
  private readonly feed = inject(LiveFeed);
  private readonly clock = inject(LabClock);
  private readonly formats = inject(Formats);
  protected readonly words = inject(Words);

  protected readonly isLost = this.feed.isStale;
  protected readonly title = computed(() => {
    const state = this.feed.state();
    const view = this.feed.view();
    if (state.kind === 'connecting') return '';
    if (state.kind === 'stale') {
      if (view === null) return this.words.say('live.unreachable_title');
      return this.words.say('live.stale_title', { time: this.formats.clock(toIso(state.sinceS)) });
    }
    if (view === null || view.broker.connected) return '';
    return this.words.say('live.broker_title', { time: this.formats.clock(view.broker.since) });
  });

  protected readonly text = computed(() => {
    const state = this.feed.state();
    if (state.kind !== 'stale') return this.words.say('live.broker_text');
    if (state.nextTryS === null) return this.words.say('live.trying');
    const seconds = Math.max(1, Math.ceil(state.nextTryS - this.clock.nowS()));
    return this.words.say('live.next_try', { seconds });
  });

  protected tryNow(): void {
    this.feed.tryNow();
  }
}
