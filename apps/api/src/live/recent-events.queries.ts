import { toIso } from '@fabomatic/kernel';
import type { LabEvent } from '@fabomatic/machines';
import { cardEnding } from '@fabomatic/members';
import type { ReadDb } from '../database/db';
import type { LabService } from '../lab/lab.service';
import { memberName } from '../machines/machine-view';

interface EventRow {
  at: number;
  machine_id: number;
  member_id: number | null;
  duration_s: number | null;
  uid: string | null;
  description: string | null;
}

/** One indexed read each; a refusal leaves no record, and so is not among them. */
const SOURCES: readonly [LabEvent['kind'], string][] = [
  [
    'use-started',
    `SELECT started_at AS at, machine_id, member_id, NULL AS duration_s, NULL AS uid,
       NULL AS description FROM uses ORDER BY started_at DESC LIMIT ?`,
  ],
  [
    'use-stopped',
    `SELECT ended_at AS at, machine_id, member_id, duration_s, NULL AS uid, NULL AS description
     FROM (SELECT * FROM uses ORDER BY started_at DESC LIMIT ?) AS latest
     WHERE ended_at IS NOT NULL`,
  ],
  [
    'card-unrecognised',
    `SELECT last_seen_at AS at, machine_id, NULL AS member_id, NULL AS duration_s, uid,
       NULL AS description FROM unrecognised_cards ORDER BY last_seen_at DESC LIMIT ?`,
  ],
  [
    'maintenance-done',
    `SELECT done_at AS at, i.machine_id, i.member_id, NULL AS duration_s, NULL AS uid, p.description
     FROM interventions i JOIN maintenance_plans p ON p.id = i.plan_id
     ORDER BY done_at DESC LIMIT ?`,
  ],
];

/** The latest events that the database remembers, oldest first, at most `limit`. */
export async function recentEvents(
  db: ReadDb,
  lab: LabService,
  limit: number,
): Promise<LabEvent[]> {
  const events: (Omit<LabEvent, 'id'> & { atS: number })[] = [];
  for (const [kind, sql] of SOURCES) {
    for (const row of await db.query<EventRow>(sql, [limit])) {
      const member = row.member_id === null ? undefined : lab.member(row.member_id);
      events.push({
        atS: row.at,
        at: toIso(row.at),
        kind,
        machineId: row.machine_id,
        machineName: lab.machine(row.machine_id)?.name ?? '',
        memberId: row.member_id,
        memberName: memberName(member),
        cardUid: row.uid,
        cardEnding: row.uid === null ? null : cardEnding(row.uid),
        reason: null,
        durationS: row.duration_s,
        planDescription: row.description,
      });
    }
  }
  return events
    .sort((a, b) => a.atS - b.atS)
    .slice(-limit)
    .map(({ atS: _atS, ...event }, index) => ({ id: index + 1, ...event }));
}
