import { httpResource } from '@angular/common/http';
import { computed, inject, Injectable, linkedSignal, type Signal } from '@angular/core';
import { fromIso, pageOf } from '@fabomatic/kernel';
import { UnrecognizedCardView } from '@fabomatic/members';
import { LabClock } from '../live/lab-clock';
import { LiveFeed } from '../live/live-feed';

export const UNRECOGNISED_CARDS_URL = '/api/v1/unrecognized-cards';

const CardPage = pageOf(UnrecognizedCardView);

/** Taps of cards that nobody has, as the live stream tells them, and how many cards wait. */
@Injectable({ providedIn: 'root' })
export class CardTaps {
  private readonly feed = inject(LiveFeed);

  /** Null: none that the dashboard still knows of. */
  readonly latest = computed(
    () => this.feed.view()?.events.find(({ kind }) => kind === 'card-unrecognised') ?? null,
    { equal: (a, b) => a?.id === b?.id && a?.at === b?.at },
  );

  private readonly answer = httpResource(
    () => {
      this.latest();
      return { url: UNRECOGNISED_CARDS_URL, params: { pageSize: 1 } };
    },
    { parse: (raw) => CardPage.parse(raw).total },
  );
  /** How many cards nobody has; null until it is known. */
  readonly waiting = linkedSignal<number | undefined, number | null>({
    source: () => (this.answer.hasValue() ? this.answer.value() : undefined),
    computation: (next, previous) => next ?? previous?.value ?? null,
  }).asReadonly();

  /** After a card was given to somebody, or taken off the list. */
  recount(): void {
    this.answer.reload();
  }
}

/**
 * The latest card that nobody has, tapped since now: a form that waits for one fills itself. The
 * stream tells only the end of its number, the API all of it. Call it where `inject` may be called.
 */
export function tapsFromNow(): Signal<UnrecognizedCardView | null> {
  const { latest } = inject(CardTaps);
  const openedS = inject(LabClock).readS();
  const tap = computed(() => {
    const event = latest();
    return event !== null && fromIso(event.at) >= openedS ? event : null;
  });
  const answer = httpResource(
    () => {
      const ending = tap()?.cardEnding;
      if (!ending) return undefined;
      return { url: UNRECOGNISED_CARDS_URL, params: { pageSize: 1, q: ending } };
    },
    { parse: (raw) => CardPage.parse(raw).items[0] },
  );
  return linkedSignal<UnrecognizedCardView | undefined, UnrecognizedCardView | null>({
    source: () => (answer.hasValue() ? answer.value() : undefined),
    computation: (next, previous) => next ?? previous?.value ?? null,
  });
}
