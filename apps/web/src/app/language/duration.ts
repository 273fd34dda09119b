import { SECONDS_PER_HOUR, SECONDS_PER_MINUTE } from '@fabomatic/kernel';

export interface DurationPart {
  figure: string;
  /** A key of `units.*`. */
  unit: 'h' | 'min' | 's';
}

/**
 * A duration in the two units that matter, cut off, never rounded up.
 * Worked rows: 45 -> 45 s; 2280 -> 38 min; 7500 -> 2 h 05 min; 360 000 -> 100 h 00 min.
 */
export function durationParts(durationS: number): DurationPart[] {
  const whole = Math.max(0, Math.floor(durationS));
  if (whole < SECONDS_PER_MINUTE) return [{ figure: String(whole), unit: 's' }];
  const h = Math.floor(whole / SECONDS_PER_HOUR);
  const min = Math.floor((whole % SECONDS_PER_HOUR) / SECONDS_PER_MINUTE);
  if (h === 0) return [{ figure: String(min), unit: 'min' }];
  return [
    { figure: String(h), unit: 'h' },
    { figure: String(min).padStart(2, '0'), unit: 'min' },
  ];
}
