import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  DOCUMENT,
  effect,
  inject,
  output,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { LANGUAGES } from '@fabomatic/i18n';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../frame/icon';
import { Words } from '../language/words';
import { LabClock } from '../live/lab-clock';
import { LiveFeed } from '../live/live-feed';
import { MachineTile } from '../machines/machine-tile/machine-tile';
import { MachinesStore } from '../machines/machines-store';
import { FirstRunState } from './first-run-state';

/** A board that speaks for an unknown machine is not told to pages, so they ask. */
const LOOK_AGAIN_MS = 5000;
/** How many machines the preview shows. */
const PREVIEW = 3;

/** The way of a new lab: each step ticks itself off when it has happened. */
@Component({
  selector: 'fab-first-run-path',
  imports: [Icon, MachineTile, RouterLink, TranslatePipe],
  templateUrl: './first-run-path.html',
  styleUrl: './first-run-path.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FirstRunPath {
  private readonly words = inject(Words);
  private readonly feed = inject(LiveFeed);
  private readonly host = inject(DOCUMENT).location.hostname;
  private readonly store = inject(MachinesStore);
  protected readonly state = inject(FirstRunState);
  protected readonly nowS = inject(LabClock).nowS;

  readonly closed = output();

  protected readonly view = this.state.view;
  protected readonly machines = computed(() => this.store.machines().slice(0, PREVIEW));
  protected readonly progress = computed(() => {
    const steps = this.state.steps();
    const done = steps.filter(({ isDone }) => isDone).length;
    return this.state.isComplete()
      ? this.words.say('first_run.complete')
      : this.words.say('first_run.progress', { done, all: steps.length });
  });
  protected readonly language = computed(() => {
    const code = this.view()?.lab.language;
    return LANGUAGES.find((each) => each.code === code)?.name ?? code ?? '';
  });
  protected readonly machineLine = computed(() => {
    const machine = this.view()?.machine;
    return [machine?.name, machine?.typeName].filter(Boolean).join(', ');
  });
  /** A board cannot reach this computer under the name `localhost`. */
  protected readonly brokerHost = computed(() => {
    const host = this.view()?.broker.host ?? null;
    const isLocal = /^(?:localhost|127\.|\[?::1)/.test(this.host);
    if (host === null || (!isLocal && this.view()?.broker.isOwn)) return this.host;
    return host;
  });
  protected readonly strangers = computed(() => {
    const ids = this.view()?.strangers ?? [];
    return ids.length === 0
      ? ''
      : this.words.say('first_run.board_stranger', { machines: ids.join(', ') });
  });

  constructor() {
    const timer = setInterval(() => this.state.lookAgain(), LOOK_AGAIN_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
    effect(() => {
      // Any change that the live stream tells may be a step.
      this.feed.view();
      this.state.lookAgain();
    });
  }

  protected close(): void {
    this.state.putItAway();
    this.closed.emit();
  }
}
