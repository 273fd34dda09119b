import { AppError, toIso } from '@fabomatic/kernel';
import { MAX_BY_HAND_S, type UseInterval } from '@fabomatic/uses';
import type { ReadDb } from '../database/db';

/**
 * A machine serves one card at a time: what a person writes down may touch another use of the
 * machine, not overlap it, or its hours would count twice. Uses that began more than a week before
 * are not looked at: none is so long. `exceptId`: the use that is being corrected.
 */
export async function refuseOverlap(
  db: ReadDb,
  machineId: number,
  { startedAtS, endedAtS }: UseInterval,
  exceptId: number | null,
): Promise<void> {
  const [other] = await db.query<{ id: number; started_at: number }>(
    `SELECT id, started_at FROM uses
     WHERE machine_id = ? AND id <> ? AND started_at < ? AND started_at > ?
       AND (ended_at IS NULL OR ended_at > ?)
     ORDER BY started_at LIMIT 1`,
    [machineId, exceptId ?? 0, endedAtS, startedAtS - MAX_BY_HAND_S, startedAtS],
  );
  if (other === undefined) return;
  const params = { id: other.id, startedAt: toIso(other.started_at) };
  throw new AppError('use.overlaps', params, { startedAt: 'use.overlaps' });
}
