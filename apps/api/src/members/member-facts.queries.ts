import { toIso } from '@fabomatic/kernel';
import type { MemberImpact, MemberSummary } from '@fabomatic/members';
import type { ReadDb } from '../database/db';

/** What deleting a member would take away and leave. */
export async function memberImpact(db: ReadDb, id: number): Promise<MemberImpact> {
  const [counts] = await db.query<Omit<MemberImpact, 'inUse'>>(
    `SELECT
       (SELECT COUNT(*) FROM cards WHERE member_id = ? AND revoked_at IS NULL) AS cards,
       (SELECT COUNT(*) FROM authorizations WHERE member_id = ?) AS authorizations,
       (SELECT COUNT(*) FROM uses WHERE member_id = ?) AS uses,
       (SELECT COUNT(*) FROM interventions WHERE member_id = ?) AS interventions`,
    [id, id, id, id],
  );
  const machines = await db.query<{ name: string }>(
    `SELECT m.name FROM uses u JOIN machines m ON m.id = u.machine_id
     WHERE u.member_id = ? AND u.ended_at IS NULL ORDER BY m.name`,
    [id],
  );
  const none = { cards: 0, authorizations: 0, uses: 0, interventions: 0 };
  return { ...(counts ?? none), inUse: machines.map(({ name }) => name) };
}

/**
 * Hours and uses for each machine. It reads one member's uses by their index; the yearly purge
 * takes the member out of older ones, so there are a few thousand at most.
 */
export async function memberSummary(db: ReadDb, id: number): Promise<MemberSummary> {
  const machines = await db.query<{
    id: number;
    name: string;
    uses: number;
    duration_s: number;
    last_use_at: number;
  }>(
    `SELECT m.id, m.name, u.uses, u.duration_s, u.last_use_at FROM (
       SELECT machine_id, COUNT(*) AS uses, COALESCE(SUM(duration_s), 0) AS duration_s,
         MAX(started_at) AS last_use_at
       FROM uses WHERE member_id = ? GROUP BY machine_id) u
     JOIN machines m ON m.id = u.machine_id ORDER BY u.duration_s DESC, m.id`,
    [id],
  );
  const authorizations = await db.query<{ id: number; name: string; created_at: number }>(
    `SELECT m.id, m.name, a.created_at FROM authorizations a JOIN machines m ON m.id = a.machine_id
     WHERE a.member_id = ? ORDER BY LOWER(m.name), m.id`,
    [id],
  );
  const [interventions] = await db.query<{ total: number }>(
    'SELECT COUNT(*) AS total FROM interventions WHERE member_id = ?',
    [id],
  );
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    uses: sum(machines.map(({ uses }) => uses)),
    durationS: sum(machines.map(({ duration_s }) => duration_s)),
    interventions: interventions?.total ?? 0,
    machines: machines.map((row) => ({
      machineId: row.id,
      machineName: row.name,
      uses: row.uses,
      durationS: row.duration_s,
      lastUseAt: toIso(row.last_use_at),
    })),
    authorizations: authorizations.map((row) => ({
      machineId: row.id,
      machineName: row.name,
      createdAt: toIso(row.created_at),
    })),
  };
}
