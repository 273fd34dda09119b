import { fromIso } from '@fabomatic/kernel';
import { MAX_BELIEVED_DURATION_S } from '@fabomatic/uses';

/** Is this use so long that the API asks whether it is meant? */
export function isLong(startedAt: string | undefined, endedAt: string | undefined): boolean {
  if (startedAt === undefined || endedAt === undefined) return false;
  return fromIso(endedAt) - fromIso(startedAt) > MAX_BELIEVED_DURATION_S;
}
