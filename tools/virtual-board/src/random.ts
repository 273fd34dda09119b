/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Evenly from `low` to below `high`. */
export function between(random: () => number, low: number, high: number): number {
  return low + random() * (high - low);
}

/** From `low` to `high`, short ones more often: as long from 1 to 2 as from 10 to 20. */
export function mostlyShort(random: () => number, low: number, high: number): number {
  return low * (high / low) ** random();
}

/** One of them, or undefined of none. */
export function oneOf<T>(random: () => number, items: readonly T[]): T | undefined {
  return items[Math.floor(random() * items.length)];
}
