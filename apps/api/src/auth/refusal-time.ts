import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '@fabomatic/kernel';

/** Longer than any kind of hash takes on a computer that has nothing else to do. */
const STEP_MS = 500;
/** A computer that was busy once must not make everybody wait for ever. */
const LONGEST_FLOOR_MS = 5000;

/**
 * Gives every refusal the same time, so that it does not tell what was looked at: a hash of ours takes
 * 15 ms, one that FabOMatic stored 100 or 160 ms. A refusal is answered at a whole step after the
 * question, and never sooner than the latest one before it: on a computer where a hash takes longer
 * than a step, the first such refusal makes all later ones as slow.
 */
export class RefusalTime {
  private floorMs = STEP_MS;

  /** Answers as `attempt` does: at once where it succeeds, later where it throws. */
  async hold<T>(attempt: () => Promise<T>): Promise<T> {
    const startMs = monotonicMs();
    try {
      return await attempt();
    } catch (error) {
      const tookMs = monotonicMs() - startMs;
      // Nothing needs to wait for it when the program ends.
      await sleep(this.dueMs(tookMs) - tookMs, undefined, { ref: false });
      throw error;
    }
  }

  /** When a refusal that was ready after `tookMs` is answered, in ms after the question. */
  dueMs(tookMs: number): number {
    const dueMs = Math.max(this.floorMs, Math.ceil(tookMs / STEP_MS) * STEP_MS);
    this.floorMs = Math.min(dueMs, LONGEST_FLOOR_MS);
    return dueMs;
  }
}
