import * as z from 'zod';

export const SECONDS_PER_MINUTE = 60;
export const SECONDS_PER_HOUR = 3600;
export const SECONDS_PER_DAY = 86_400;

/** ISO 8601 in UTC, as every time in the REST API: `2026-11-24T14:18:00.000Z`. */
export const IsoTime = z.iso.datetime();

/** 1 764 000 000.5 -> '2025-11-24T16:00:00.500Z' */
export function toIso(epochS: number): string {
  return new Date(epochS * 1000).toISOString();
}

/** Like {@link toIso}; null stays null. */
export function toIsoOrNull(epochS: number | null): string | null {
  return epochS === null ? null : toIso(epochS);
}

/** '2025-11-24T16:00:00.500Z' -> 1 764 000 000.5. NaN when the text is no time. */
export function fromIso(iso: string): number {
  return Date.parse(iso) / 1000;
}
