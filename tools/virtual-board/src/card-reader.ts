import type { Clock } from './clock';

/** The RFID reader: which card lies on it, and for how long. */
export class CardReader {
  private card: { readonly uid: string; readonly untilMs: number } | null = null;

  constructor(private readonly clock: Clock) {}

  /** Lays a card (8 hex digits) on the reader for `durationMs`; the one before is gone. */
  present(uid: string, durationMs: number): void {
    this.card = { uid: uid.toLowerCase(), untilMs: this.clock.now() + durationMs };
  }

  /** The card on the reader now, or null. */
  current(): string | null {
    return this.card && this.clock.now() < this.card.untilMs ? this.card.uid : null;
  }
}
