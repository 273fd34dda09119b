import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { toIso } from '@fabomatic/kernel';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { LiveFeed } from '../../live/live-feed';

/** Live, connecting, or since when not: dot and word in the top bar. */
@Component({
  selector: 'fab-connection-state',
  template: `
    <svg viewBox="0 0 14 14" aria-hidden="true" [class]="tone()">
      <circle cx="7" cy="7" r="3.5" fill="currentColor" />
      @if (tone() === 'live') {
        <circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" opacity="0.5" />
      }
    </svg>
    {{ text() }}
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: var(--s2);
      padding: 0 var(--s3);
      color: var(--ink-2);
      white-space: nowrap;
    }
    svg {
      width: 0.875rem;
      height: 0.875rem;
      color: var(--off);
    }
    svg.live {
      color: var(--use);
    }
    svg.cut {
      color: var(--maint);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ConnectionState {
  private readonly feed = inject(LiveFeed);
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);

  protected readonly tone = computed(() => {
    if (this.feed.state().kind !== 'live') return 'off';
    return this.feed.view()?.broker.connected === false ? 'cut' : 'live';
  });

  protected readonly text = computed(() => {
    const state = this.feed.state();
    const broker = this.feed.view()?.broker;
    if (state.kind === 'connecting') return this.words.say('live.connecting');
    if (state.kind === 'stale')
      return this.words.say('live.lost', { time: this.formats.clock(toIso(state.sinceS)) });
    if (broker && !broker.connected)
      return this.words.say('live.no_boards', { time: this.formats.clock(broker.since) });
    return this.words.say('live.live');
  });
}
