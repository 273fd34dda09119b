import { AppError, type Clock, SECONDS_PER_HOUR } from '@fabomatic/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK } from '../lab/lab.service';
import { networkOf } from '../network-of';
import { Attempts } from './attempts';

const REMEMBERED = { forgetAfterS: SECONDS_PER_HOUR, maxKeys: 10_000 };

/** Guesses at one account from one address. */
const PAIR = { free: 5, longestWaitS: 300, ...REMEMBERED };
/** At one account, from however many addresses. */
const ACCOUNT = { free: 30, longestWaitS: 60, ...REMEMBERED };
/** From one address, at however many accounts. A whole lab may come from one. Of IPv6: from one /64. */
const ADDRESS = { free: 60, longestWaitS: 60, ...REMEMBERED };
/** Mails and links that one address may ask for. */
const ASKED_FOR = { free: 20, longestWaitS: 300, ...REMEMBERED };

/** What a wrong guess is answered with; any other refusal is no guess. */
const GUESSES = new Set([
  'auth.bad_credentials',
  'auth.wrong_current_password',
  'auth.second_factor_wrong',
]);

/**
 * Slows down guessing. Nobody can lock somebody else out by it: where a member has logged in from
 * before, only their own wrong guesses from there count.
 */
@Injectable()
export class LoginThrottle {
  private readonly pairs = new Attempts(PAIR);
  private readonly accounts = new Attempts(ACCOUNT);
  private readonly addresses = new Attempts(ADDRESS);
  private readonly askedFor = new Attempts(ASKED_FOR);
  /** Pairs of account and address that succeeded, the oldest first. */
  private readonly familiar = new Set<string>();

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Runs `login`, unless this account or address must wait. */
  async attempt<T>(account: string, from: string, login: () => Promise<T>): Promise<T> {
    const [name, address] = [account.toLowerCase(), networkOf(from)];
    const pair = `${name} ${address}`;
    this.refuseEarly(name, address, pair);
    // Counted before the answer is known, so that attempts side by side do not slip through.
    this.countAll(name, address, pair);
    try {
      const result = await login();
      this.takeBackAll(name, address, pair);
      this.pairs.forget(pair);
      this.remember(pair);
      return result;
    } catch (error) {
      if (!isGuess(error)) this.takeBackAll(name, address, pair);
      throw error;
    }
  }

  /** For what anybody may ask for, but not all the time. */
  spend(from: string): void {
    const [address, now] = [networkOf(from), this.clock.nowS()];
    refuse(this.askedFor.waitS(address, now));
    this.askedFor.count(address, now);
  }

  private refuseEarly(name: string, address: string, pair: string): void {
    const now = this.clock.nowS();
    const waits = [this.pairs.waitS(pair, now)];
    if (!this.familiar.has(pair)) {
      waits.push(this.accounts.waitS(name, now), this.addresses.waitS(address, now));
    }
    refuse(Math.max(...waits));
  }

  private countAll(name: string, address: string, pair: string): void {
    const now = this.clock.nowS();
    this.pairs.count(pair, now);
    this.accounts.count(name, now);
    this.addresses.count(address, now);
  }

  private takeBackAll(name: string, address: string, pair: string): void {
    this.pairs.takeBack(pair);
    this.accounts.takeBack(name);
    this.addresses.takeBack(address);
  }

  private remember(pair: string): void {
    this.familiar.delete(pair);
    this.familiar.add(pair);
    if (this.familiar.size <= REMEMBERED.maxKeys) return;
    const [oldest] = this.familiar;
    if (oldest !== undefined) this.familiar.delete(oldest);
  }
}

function refuse(waitS: number): void {
  if (waitS > 0) throw new AppError('auth.too_many_attempts', { seconds: waitS });
}

function isGuess(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  return [error.code, ...Object.values(error.fields ?? {})].some((code) => GUESSES.has(code));
}
