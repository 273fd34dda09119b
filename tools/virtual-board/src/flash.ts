import type { CachedCard } from './card-memory';

/** What survives a power cut: written every 120 s only (F40d, F41d). */
export interface Flash {
  queue: readonly string[];
  cache: readonly CachedCard[];
}

export function emptyFlash(): Flash {
  return { queue: [], cache: [] };
}
