import { AppError, type Clock } from '@fabomatic/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK } from '../lab/lab.service';

/** Wrong passwords that are allowed before there is a wait, for one account from one address. */
const FREE_ATTEMPTS = 5;

/** The wait doubles with each further attempt, up to this. */
const LONGEST_WAIT_S = 300;

/** How many pairs of account and address are remembered; the oldest are forgotten first. */
const MAX_REMEMBERED = 10_000;

interface Failures {
  count: number;
  waitUntilS: number;
}

/**
 * Slows down guessing: an account is slow only for the address that guesses, so that nobody can
 * lock somebody else out.
 */
@Injectable()
export class LoginThrottle {
  /** Key: `<account> <address>`. */
  private readonly failures = new Map<string, Failures>();

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Runs `login`, unless this account and address must wait. */
  async attempt<T>(account: string, address: string, login: () => Promise<T>): Promise<T> {
    const key = `${account.toLowerCase()} ${address}`;
    const waitS = Math.ceil((this.failures.get(key)?.waitUntilS ?? 0) - this.clock.nowS());
    if (waitS > 0) throw new AppError('auth.too_many_attempts', { seconds: waitS });
    // Counted before the answer is known, so that attempts side by side do not slip through.
    this.count(key);
    const result = await login();
    this.failures.delete(key);
    return result;
  }

  private count(key: string): void {
    const count = (this.failures.get(key)?.count ?? 0) + 1;
    const over = count - FREE_ATTEMPTS;
    const waitS = over >= 0 ? Math.min(2 ** over, LONGEST_WAIT_S) : 0;
    this.failures.delete(key);
    this.failures.set(key, { count, waitUntilS: this.clock.nowS() + waitS });
    if (this.failures.size > MAX_REMEMBERED) {
      const [oldest] = this.failures.keys();
      if (oldest !== undefined) this.failures.delete(oldest);
    }
  }
}
