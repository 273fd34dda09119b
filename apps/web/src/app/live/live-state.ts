import * as z from 'zod';

export const FIRST_RETRY_S = 1;
export const LONGEST_RETRY_S = 15;
/** The API pings every 25 s: two pings missed and a bit more. */
export const SILENCE_MS = 60_000;

export const LiveState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('connecting') }),
  z.object({ kind: z.literal('live') }),
  /** `sinceS` is when the last byte came; `nextTryS` is null while it tries. Epoch seconds. */
  z.object({ kind: z.literal('stale'), sinceS: z.number(), nextTryS: z.number().nullable() }),
]);
export type LiveState = z.infer<typeof LiveState>;

/** 1, 2, 4, 8, 15, 15, ... seconds after the first, second, ... failure in a row. */
export function retryDelayS(failures: number): number {
  return Math.min(LONGEST_RETRY_S, FIRST_RETRY_S * 2 ** Math.min(failures - 1, 10));
}
