import type { Clock } from './clock';

interface Entry {
  readonly atMs: number;
  /** Order of scheduling: entries of one instant run in it. */
  readonly serial: number;
  run: (() => void) | null;
}

/**
 * Simulated time: it moves only inside `runUntil`, from one scheduled entry to the next, and only
 * when every promise that can settle has settled. The same program gives the same run each time.
 */
export class VirtualClock implements Clock {
  private readonly entries = new EntryHeap();
  private readonly held = new Set<Promise<unknown>>();
  private serial = 0;

  constructor(private nowMs = 0) {}

  now(): number {
    return this.nowMs;
  }

  after(delayMs: number, run: () => void): () => void {
    return this.at(this.nowMs + Math.max(0, delayMs), run);
  }

  /** Runs `run` at the absolute time `atMs`, or as soon as time moves if that is past. */
  at(atMs: number, run: () => void): () => void {
    const entry: Entry = { atMs: Math.max(atMs, this.nowMs), serial: this.serial++, run };
    this.entries.push(entry);
    return () => {
      entry.run = null;
    };
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.after(delayMs, resolve));
  }

  /**
   * Time stands still until `work` has settled: for work that really waits (a database, a file)
   * and that is to take no simulated time. Returns `work`.
   */
  hold<T>(work: Promise<T>): Promise<T> {
    const release = (): void => {
      this.held.delete(settled);
    };
    const settled: Promise<void> = work.then(release, release);
    this.held.add(settled);
    return work;
  }

  /** Moves time to `untilMs`, running all that is due up to and including that instant. */
  async runUntil(untilMs: number): Promise<void> {
    for (;;) {
      await promisesSettled();
      while (this.held.size > 0) {
        await Promise.all(this.held);
        await promisesSettled();
      }
      const entry = this.entries.peek();
      if (!entry || entry.atMs > untilMs) break;
      this.entries.pop();
      this.nowMs = entry.atMs;
      entry.run?.();
    }
    this.nowMs = Math.max(this.nowMs, untilMs);
  }

  /** Moves time on by `durationMs`. */
  runFor(durationMs: number): Promise<void> {
    return this.runUntil(this.nowMs + durationMs);
  }
}

/** Resolves when the queue of promise reactions is empty: Node runs a tick only after that. */
async function promisesSettled(): Promise<void> {
  await null; // from here on we are a promise reaction ourselves
  await new Promise<void>((resolve) => process.nextTick(resolve));
}

/** A binary heap: the earliest entry first, in order of scheduling within one instant. */
class EntryHeap {
  private readonly items: Entry[] = [];

  peek(): Entry | undefined {
    return this.items[0];
  }

  push(entry: Entry): void {
    let index = this.items.push(entry) - 1;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = this.items[parentIndex];
      if (!parent || !isEarlier(entry, parent)) break;
      this.items[index] = parent;
      index = parentIndex;
    }
    this.items[index] = entry;
  }

  pop(): void {
    const last = this.items.pop();
    if (!last || this.items.length === 0) return;
    let index = 0;
    for (;;) {
      const left = this.items[2 * index + 1];
      if (!left) break;
      const right = this.items[2 * index + 2];
      const isRight = right !== undefined && isEarlier(right, left);
      const child = isRight ? right : left;
      if (!isEarlier(child, last)) break;
      this.items[index] = child;
      index = 2 * index + (isRight ? 2 : 1);
    }
    this.items[index] = last;
  }
}

function isEarlier(a: Entry, b: Entry): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.serial < b.serial);
}
