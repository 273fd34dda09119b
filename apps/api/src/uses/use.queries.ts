import { type UseEffect, useDurationS, useInterval } from '@fabomatic/uses';
import type { Db } from '../database/db';

const MOVE = 'UPDATE uses SET started_at = ? WHERE id = ?';
const UPDATE = `UPDATE uses SET last_seen_at = ?, ended_at = ?, duration_s = ?,
  replayed = ?, estimated = ?, closed_by = ?, version = version + 1 WHERE id = ?`;

/** Writes what the rule decided about one use; a new one gets its id. */
export async function storeUse(db: Db, machineId: number, effect: UseEffect): Promise<void> {
  const { kind, use } = effect;
  const interval = useInterval(use);
  const durationS = interval === null ? null : useDurationS(interval);
  if (kind === 'insert') {
    use.id = await db.insert('uses', {
      machine_id: machineId,
      member_id: use.memberId,
      card_uid: use.cardUid,
      started_at: use.startedAtS,
      last_seen_at: use.lastSeenAtS,
      ended_at: use.endedAtS,
      duration_s: durationS,
      replayed: use.replayed,
      estimated: use.estimated,
      authorized: use.authorized,
      source: 'board',
      closed_by: use.closedBy,
      version: 1,
    });
    return;
  }
  // By itself: the start stands in three indexes, and a statement that names it writes each of them.
  if (effect.kind === 'update' && effect.hasMoved) {
    await db.execute(MOVE, [use.startedAtS, use.id]);
  }
  await db.execute(UPDATE, [
    use.lastSeenAtS,
    use.endedAtS,
    durationS,
    use.replayed,
    use.estimated,
    use.closedBy,
    use.id,
  ]);
}
