import type { Clock } from './clock';

/** The RFID reader: which card lies on it, and for how long. */
export class CardReader {
  private cardLaid: () => void = () => undefined;
  private card: { readonly uid: string; readonly untilMs: number } | null = null;

  constructor(private readonly clock: Clock) {}

  /** Lays a card (8 hex digits) on the reader for `durationMs`; the one before is gone. */
  present(uid: string, durationMs: number): void {
    this.card = { uid: uid.toLowerCase(), untilMs: this.clock.now() + durationMs };
    this.cardLaid();
  }

  /** `listener` (one only) is called when a card is laid on the reader. */
  onCardLaid(listener: () => void): void {
    this.cardLaid = listener;
  }

  /** The card on the reader now, or null. */
  current(): string | null {
    return this.card && this.clock.now() < this.card.untilMs ? this.card.uid : null;
  }
}
