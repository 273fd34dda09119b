/** How much of what is allowed in a second may come at once. */
const BURST_S = 2;
/** Keys come from strangers: no more than so many are remembered. */
const MAX_KEYS = 5000;

interface Bucket {
  tokens: number;
  atMs: number;
}

/**
 * So many a second for each key, and twice as many at once: a bucket that fills up by itself. One
 * look into a map for each question, whatever the number of keys.
 */
export class RateLimit {
  /** The one that was asked for longest ago is the first. */
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly perSecond: number) {}

  /** Whether one more is within the limit. */
  take(key: string, nowMs: number): boolean {
    const most = this.perSecond * BURST_S;
    const bucket = this.buckets.get(key) ?? this.add(key, most, nowMs);
    bucket.tokens = Math.min(most, bucket.tokens + ((nowMs - bucket.atMs) / 1000) * this.perSecond);
    bucket.atMs = nowMs;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  private add(key: string, tokens: number, atMs: number): Bucket {
    if (this.buckets.size >= MAX_KEYS) this.forgetFullOnes(atMs);
    const bucket = { tokens, atMs };
    this.buckets.set(key, bucket);
    return bucket;
  }

  /** A bucket that is full again says nothing; without any such the oldest goes. */
  private forgetFullOnes(nowMs: number): void {
    for (const [key, { atMs }] of this.buckets) {
      if (nowMs - atMs >= BURST_S * 1000) this.buckets.delete(key);
    }
    const [oldest] = this.buckets.keys();
    if (this.buckets.size >= MAX_KEYS && oldest !== undefined) this.buckets.delete(oldest);
  }
}
