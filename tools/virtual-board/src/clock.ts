/** Time as a board sees it: real, or simulated. All times are milliseconds since any fixed origin. */
export interface Clock {
  /** Milliseconds since the clock's origin; never goes back. */
  now(): number;
  /** Runs `run` once, `delayMs` from now (at once for 0 and less); the returned function cancels. */
  after(delayMs: number, run: () => void): () => void;
  /** Resolves `delayMs` from now. */
  sleep(delayMs: number): Promise<void>;
}
