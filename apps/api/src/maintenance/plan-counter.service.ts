import { Injectable } from '@nestjs/common';
import type { Db } from '../database/db';

/**
 * Counts a plan's seconds anew, from the uses that are stored. Boards' messages only ever add to the
 * counter; this is for what an admin changes, which is rare enough to read the machine's uses once.
 */
@Injectable()
export class PlanCounter {
  /** Call within `lab.change`, so that no use ends meanwhile and memory follows. */
  async recount(db: Db, planId: number): Promise<void> {
    const [row] = await db.query<{ done_at: number | null }>(
      'SELECT MAX(done_at) AS done_at FROM interventions WHERE plan_id = ?',
      [planId],
    );
    const doneAtS = row?.done_at ?? null;
    await db.execute(
      `UPDATE maintenance_plans SET last_done_at = ?, elapsed_s = (${ELAPSED}) WHERE id = ?`,
      doneAtS === null
        ? [null, BEFORE_ALL_USES_S, BEFORE_ALL_USES_S, BEFORE_ALL_USES_S, planId]
        : [doneAtS, doneAtS, doneAtS, doneAtS, planId],
    );
  }
}

/** No use is that old: a plan that was never done counts all of them. */
const BEFORE_ALL_USES_S = 0;

/** `secondsSinceIntervention` of libs/maintenance, over all closed uses of the machine. */
const ELAPSED = `SELECT COALESCE(SUM(
    u.ended_at - CASE WHEN u.started_at > ? THEN u.started_at ELSE ? END), 0)
  FROM uses u WHERE u.machine_id = maintenance_plans.machine_id AND u.ended_at > ?`;
