/** What a board itself knows of a card. */
export interface KnownCard {
  readonly level: number;
  readonly name: string;
}

/** uid (8 lower-case hex digits) -> level and name, compiled into the firmware. */
export type Whitelist = ReadonlyMap<string, KnownCard>;

/** The whitelist of the firmware's example configuration, with which the recordings were made. */
export const EXAMPLE_WHITELIST: Whitelist = new Map([
  ['aabbccd1', { level: 3, name: 'ABCDEFG' }],
  ['aabbccd2', { level: 3, name: 'PIPPO' }],
  ['aabbccd3', { level: 1, name: 'USER1' }],
  ['aabbccd4', { level: 1, name: 'USER2' }],
  ['aabbccd5', { level: 1, name: 'USER3' }],
  ['aabbccd6', { level: 1, name: 'USER4' }],
  ['aabbccd7', { level: 1, name: 'USER5' }],
  ['aabbccd8', { level: 1, name: 'USER6' }],
  ['aabbccd9', { level: 2, name: 'USER7' }],
  ['aabbccda', { level: 2, name: 'USER8' }],
]);

/** A card that was accepted (level above 0), or accepted once and refused since (level 0). */
export interface CachedCard {
  readonly uid: string;
  readonly level: number;
}

const MAX_CARDS = 10;

/** The last 10 accepted cards, kept in flash: with them a board decides when nobody answers (F16). */
export class CardCache {
  private readonly cards: CachedCard[];
  private next = 0;

  constructor(saved: readonly CachedCard[]) {
    this.cards = [...saved];
  }

  /** Notes what the backend said: level 0 for a refusal, which only a known card remembers (F22). */
  remember(uid: string, level: number): void {
    const index = this.cards.findIndex((card) => card.uid === uid);
    if (index >= 0) this.cards[index] = { uid, level };
    else if (level > 0) {
      this.cards[this.next] = { uid, level };
      this.next = (this.next + 1) % MAX_CARDS;
    }
  }

  /** The level of a card that may come in, or null. */
  levelOf(uid: string): number | null {
    const level = this.cards.find((card) => card.uid === uid)?.level ?? 0;
    return level > 0 ? level : null;
  }

  snapshot(): readonly CachedCard[] {
    return [...this.cards];
  }
}
