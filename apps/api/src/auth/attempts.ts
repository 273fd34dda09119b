/** How many tries are free, how long the longest wait is, and after how long all is forgotten. */
export interface AttemptLimits {
  readonly free: number;
  readonly longestWaitS: number;
  readonly forgetAfterS: number;
  /** How many keys are remembered; the oldest are forgotten first. */
  readonly maxKeys: number;
}

interface Tries {
  count: number;
  waitUntilS: number;
  /** As it was before the last try. */
  waitedUntilS: number;
  lastS: number;
}

/** Tries for each key. After the free ones each further one doubles the wait: 1 s, 2 s, 4 s, ... */
export class Attempts {
  private readonly tries = new Map<string, Tries>();

  constructor(private readonly limits: AttemptLimits) {}

  /** Seconds until `key` may try again; 0: now. */
  waitS(key: string, nowS: number): number {
    const tries = this.known(key, nowS);
    return tries === undefined ? 0 : Math.max(0, Math.ceil(tries.waitUntilS - nowS));
  }

  count(key: string, nowS: number): void {
    const known = this.known(key, nowS);
    const count = (known?.count ?? 0) + 1;
    const over = count - this.limits.free;
    const waitS = over >= 0 ? Math.min(2 ** over, this.limits.longestWaitS) : 0;
    this.tries.delete(key);
    const waitedUntilS = known?.waitUntilS ?? 0;
    this.tries.set(key, { count, waitUntilS: nowS + waitS, waitedUntilS, lastS: nowS });
    if (this.tries.size > this.limits.maxKeys) {
      const [oldest] = this.tries.keys();
      if (oldest !== undefined) this.tries.delete(oldest);
    }
  }

  /**
   * One try was none: it succeeded, or failed for another reason. What had to be waited for before it
   * stays: else whoever can log in could end the waiting that their guesses at others earned them.
   */
  takeBack(key: string): void {
    const tries = this.tries.get(key);
    if (tries === undefined) return;
    if (tries.count <= 1) this.tries.delete(key);
    else {
      const { count, waitedUntilS } = tries;
      this.tries.set(key, { ...tries, count: count - 1, waitUntilS: waitedUntilS });
    }
  }

  forget(key: string): void {
    this.tries.delete(key);
  }

  private known(key: string, nowS: number): Tries | undefined {
    const tries = this.tries.get(key);
    if (tries === undefined || nowS - tries.lastS < this.limits.forgetAfterS) return tries;
    this.tries.delete(key);
    return undefined;
  }
}
