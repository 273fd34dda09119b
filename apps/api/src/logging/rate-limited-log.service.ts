import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { type Clock, SECONDS_PER_MINUTE, systemClock } from '@fabomatic/kernel';

const WINDOW_S = SECONDS_PER_MINUTE;
/** Keys may come from strangers (a topic, an address): no more than so many are remembered. */
const MAX_KEYS = 500;

interface Repeated {
  readonly saidAtS: number;
  readonly message: string;
  readonly context: string;
  suppressed: number;
}

/**
 * For warnings that a broken board or a visitor can cause as often as they like: one line a
 * minute for each key, and how many more there were.
 */
@Injectable()
export class RateLimitedLog implements OnApplicationShutdown {
  private readonly logger = new Logger();
  /** key of the caller -> what was said last; the oldest first. */
  private readonly said = new Map<string, Repeated>();
  private readonly clock: Clock = systemClock;
  private readonly timer = setInterval(() => this.sweep(), WINDOW_S * 1000).unref();

  /**
   * Logs `message` as a warning unless `key` had its line within the last minute. `correlationId`
   * leads to what else is logged about the same message of a board.
   */
  warn(key: string, message: string, context: string, correlationId?: string): void {
    const nowS = this.clock.nowS();
    const last = this.said.get(key);
    if (last !== undefined && nowS - last.saidAtS < WINDOW_S) {
      last.suppressed += 1;
      return;
    }
    if (last !== undefined) this.close(key, last);
    if (this.said.size >= MAX_KEYS) this.closeOldest();
    this.said.set(key, { saidAtS: nowS, message, context, suppressed: 0 });
    this.logger.warn(
      correlationId === undefined ? message : { msg: message, correlationId },
      context,
    );
  }

  /** Says what was held back more than a minute ago, and forgets it. */
  sweep(): void {
    const nowS = this.clock.nowS();
    for (const [key, repeated] of this.said) {
      if (nowS - repeated.saidAtS >= WINDOW_S) this.close(key, repeated);
    }
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
    for (const [key, repeated] of this.said) this.close(key, repeated);
  }

  private closeOldest(): void {
    for (const [key, repeated] of this.said) {
      this.close(key, repeated);
      return;
    }
  }

  private close(key: string, { message, context, suppressed }: Repeated): void {
    this.said.delete(key);
    if (suppressed > 0) this.logger.warn(`(${suppressed} more like this) ${message}`, context);
  }
}
