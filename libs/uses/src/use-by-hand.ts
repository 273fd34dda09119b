import { SECONDS_PER_DAY } from '@fabomatic/kernel';
import { MAX_BELIEVED_DURATION_S, type UseInterval } from './use';
import type { UseErrorCode } from './use-errors';

/** A use is closed by hand only after its board has been silent for so long, in seconds. */
export const CLOSE_AFTER_SILENCE_S = 600;

/** No use that people write down is longer, confirmed or not: seven days in seconds. */
export const MAX_BY_HAND_S = 7 * SECONDS_PER_DAY;

/** Clocks of browsers are not ours: so far in the future still counts as now. */
const FUTURE_SLACK_S = 60;

/** The first thing that is wrong with a stretch of time that a person gives for a use. */
export interface ByHandProblem {
  readonly field: 'startedAt' | 'endedAt';
  readonly code: UseErrorCode;
  readonly params: Readonly<Record<string, number>>;
}

/**
 * May a person write down this stretch of time? It ends after it starts, not in the future, and a
 * use of more than a day is meant (`isLongMeant`); more than a week is never.
 * Worked row: 10:00 to 10:00 -> `use.end_before_start` at `endedAt`.
 */
export function byHandProblem(
  { startedAtS, endedAtS }: UseInterval,
  isLongMeant: boolean,
  nowS: number,
): ByHandProblem | null {
  const durationS = endedAtS - startedAtS;
  if (startedAtS > nowS + FUTURE_SLACK_S) return problem('startedAt', 'use.in_future');
  if (durationS <= 0) return problem('endedAt', 'use.end_before_start');
  if (endedAtS > nowS + FUTURE_SLACK_S) return problem('endedAt', 'use.in_future');
  if (durationS > MAX_BY_HAND_S) {
    return problem('endedAt', 'use.too_long', { days: MAX_BY_HAND_S / SECONDS_PER_DAY });
  }
  if (durationS > MAX_BELIEVED_DURATION_S && !isLongMeant) {
    return problem('endedAt', 'use.long_unconfirmed', { hours: MAX_BELIEVED_DURATION_S / 3600 });
  }
  return null;
}

/** Has the board of an open use been silent for long enough to close the use by hand? */
export function mayCloseByHand(boardSeenAtS: number, nowS: number): boolean {
  return nowS - boardSeenAtS >= CLOSE_AFTER_SILENCE_S;
}

function problem(
  field: ByHandProblem['field'],
  code: UseErrorCode,
  params: ByHandProblem['params'] = {},
): ByHandProblem {
  return { field, code, params };
}
