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
    const count = (this.known(key, nowS)?.count ?? 0) + 1;
    const over = count - this.limits.free;
    const waitS = over >= 0 ? Math.min(2 ** over, this.limits.longestWaitS) : 0;
    this.tries.delete(key);
    this.tries.set(key, { count, waitUntilS: nowS + waitS, lastS: nowS });
    if (this.tries.size > this.limits.maxKeys) {
      const [oldest] = this.tries.keys();
      if (oldest !== undefined) this.tries.delete(oldest);
    }
  }

  /** One try was none: it succeeded, or failed for another reason. */
  takeBack(key: string): void {
    const tries = this.tries.get(key);
    if (tries === undefined) return;
    if (tries.count <= 1) this.tries.delete(key);
    else this.tries.set(key, { ...tries, count: tries.count - 1, waitUntilS: 0 });
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
