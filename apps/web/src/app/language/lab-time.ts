import { inject, Injectable } from '@angular/core';
import { LiveFeed } from '../live/live-feed';

/** Wall clock and UTC differ by this much at `epochMs` in a zone (IANA name; undefined: the browser's). */
function offsetMs(epochMs: number, timeZone: string | undefined): number {
  return Date.parse(`${wallClock(epochMs, timeZone)}Z`) - Math.floor(epochMs / 1000) * 1000;
}

/** '2026-11-24T15:42:07' */
function wallClock(epochMs: number, timeZone: string | undefined): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return format.format(new Date(epochMs)).replace(' ', 'T');
}

/** An ISO time as the lab's clock shows it, for an input: '2026-11-24T15:42'. */
export function toWallClock(iso: string, timeZone: string | undefined): string {
  return wallClock(Date.parse(iso), timeZone).slice(0, 16);
}

/**
 * What the lab's clock shows ('2026-11-24T15:42') as an ISO time in UTC; null when it is no time.
 * Worked row: 15:42 in Rome in November -> '2026-11-24T14:42:00.000Z'.
 */
export function fromWallClock(text: string, timeZone: string | undefined): string | null {
  const asUtc = Date.parse(`${text}Z`);
  if (Number.isNaN(asUtc)) return null;
  const guess = asUtc - offsetMs(asUtc, timeZone);
  // Near a change of the clocks the first guess lies on the other side of it.
  return new Date(asUtc - offsetMs(guess, timeZone)).toISOString();
}

/** {@link toWallClock} and {@link fromWallClock} in the lab's time zone. */
@Injectable({ providedIn: 'root' })
export class LabTime {
  private readonly lab = inject(LiveFeed).lab;

  toWallClock(iso: string): string {
    return toWallClock(iso, this.lab()?.timezone);
  }

  fromWallClock(text: string): string | null {
    return fromWallClock(text, this.lab()?.timezone);
  }
}
