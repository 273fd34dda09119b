import { type Answer, parseAnswer } from './answers';
import type { BoardConnection } from './board-connection';
import type { BoardHappening } from './board-events';
import type { Cpu } from './cpu';
import type { BoardTimings } from './timings';
import { replayText } from './wire-texts';

/** Messages that a board keeps; of more the oldest go (F41f). */
export const MAX_QUEUED = 40;

const MAX_FLUSHES = 4;

/**
 * All queries of a board, and the queue of those that were not answered in time: it is sent,
 * oldest first, before anything else is asked (F39). Its losses and doubles are the firmware's
 * (F40, F41).
 */
export class Outbox {
  private readonly queue: string[];

  constructor(
    saved: readonly string[],
    private readonly connection: BoardConnection,
    private readonly cpu: Cpu,
    private readonly timings: BoardTimings,
    private readonly tell: (happening: BoardHappening) => void,
  ) {
    this.queue = [...saved];
  }

  get length(): number {
    return this.queue.length;
  }

  snapshot(): readonly string[] {
    return [...this.queue];
  }

  /** A query that is given up when nobody answers: an empty answer reads like a failure. */
  ask(query: string): Promise<Answer> {
    return this.send(query, () => undefined);
  }

  /** A message that must arrive one day: queued when it was not answered in time. */
  report(query: string): Promise<Answer> {
    return this.send(query, () => this.enqueue(query));
  }

  private async send(query: string, onFailure: () => void): Promise<Answer> {
    await this.drain();
    if (this.connection.isOnline && this.queue.length === 0) {
      const outcome = await this.connection.ask(query);
      if (outcome === 'answered') return parseAnswer(this.connection.lastReply);
      if (outcome === 'unsent') onFailure(); // and below once more: two replays, no original (F40c)
      await this.connection.hangUp();
    }
    onFailure();
    return {};
  }

  /** Sends the queue as far as it can be. */
  async drain(): Promise<void> {
    for (let n = 0; n < MAX_FLUSHES && this.connection.isOnline && this.queue.length > 0; n++) {
      if ((await this.flush()) || n === MAX_FLUSHES - 1 || this.connection.isPausing) return;
      await this.connection.connect();
      await this.cpu.sleep(this.timings.flushRetryMs);
    }
  }

  /** True when the queue is empty. */
  private async flush(): Promise<boolean> {
    while (this.connection.isOnline) {
      const query = this.queue.shift();
      if (query === undefined) break;
      const outcome = await this.connection.ask(replayText(query));
      if (outcome === 'answered') continue; // whatever the answer (F42)
      if (outcome === 'unanswered') this.queue.unshift(query);
      break; // one that could not be sent is lost (F41b)
    }
    return this.queue.length === 0;
  }

  private enqueue(query: string): void {
    this.queue.push(query);
    if (this.queue.length > MAX_QUEUED) this.queue.shift();
    this.tell({ kind: 'queued', query, queueLength: this.queue.length });
  }
}
