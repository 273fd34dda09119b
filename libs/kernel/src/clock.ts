/** The only place that reads the machine's clock; everything else is given the time. */

/** Unix time in whole and fractional seconds (UTC). */
export type EpochS = number;

export interface Clock {
  nowS(): EpochS;
}

export const systemClock: Clock = { nowS: () => Date.now() / 1000 };

/** Monotonic milliseconds since an arbitrary start: for measuring how long something took. */
export function monotonicMs(): number {
  return performance.now();
}
