import type { Clock } from './clock';

/** Thrown in a board's program when its power is cut: it unwinds whatever the board was doing. */
export class PowerCut extends Error {
  constructor() {
    super('the power of the board was cut');
  }
}

/** One boot of a board: its one thread sleeps and waits here, and dies here with the power. */
export class Cpu {
  private isCut = false;
  private interrupt: (() => void) | null = null;
  /** Ends a doze; nothing when the board is up to something. */
  wake: () => void = nothing;

  constructor(private readonly clock: Clock) {}

  now(): number {
    return this.clock.now();
  }

  /** Throws PowerCut when the power goes. */
  sleep(durationMs: number): Promise<void> {
    return this.interruptible((done) => this.clock.after(durationMs, done));
  }

  /** The outcome of `work`; throws PowerCut when the power goes before. */
  async wait<T>(work: Promise<T>): Promise<T> {
    const outcome = await work;
    this.assertPowered();
    return outcome;
  }

  /** Throws PowerCut when the power is gone: to be called before anything shows outside. */
  assertPowered(): void {
    if (this.isCut) throw new PowerCut();
  }

  /** Sleeps until `wake()`, `durationMs` at most. */
  doze(durationMs: number): Promise<void> {
    return this.interruptible((done) => {
      const cancel = this.clock.after(durationMs, done);
      this.wake = () => {
        cancel();
        done();
      };
      return cancel;
    });
  }

  cutPower(): void {
    this.isCut = true;
    this.interrupt?.();
  }

  private interruptible(start: (done: () => void) => () => void): Promise<void> {
    if (this.isCut) return Promise.reject(new PowerCut());
    return new Promise((resolve, reject) => {
      const cancel = start(() => {
        this.interrupt = null;
        this.wake = nothing;
        resolve();
      });
      this.interrupt = () => {
        cancel();
        reject(new PowerCut());
      };
    });
  }
}

function nothing(): void {
  // no doze to end
}
