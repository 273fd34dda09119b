import { type UseEffect, useDurationS, useInterval } from '@fabomatic/uses';
import type { Db } from '../database/db';

const UPDATE = `UPDATE uses SET started_at = ?, last_seen_at = ?, ended_at = ?, duration_s = ?,
  replayed = ?, estimated = ?, closed_by = ?, version = version + 1 WHERE id = ?`;

/** Writes what the rule decided about one use; a new one gets its id. */
export async function storeUse(db: Db, machineId: number, { kind, use }: UseEffect): Promise<void> {
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
  await db.execute(UPDATE, [
    use.startedAtS,
    use.lastSeenAtS,
    use.endedAtS,
    durationS,
    use.replayed,
    use.estimated,
    use.closedBy,
    use.id,
  ]);
}
