import { type Page, toIso, toIsoOrNull } from '@fabomatic/kernel';
import type { UseListQuery, UseView } from '@fabomatic/uses';
import type { ReadDb, SqlValue } from '../database/db';

interface UseRow {
  id: number;
  machine_id: number;
  machine_name: string;
  member_id: number | null;
  first_name: string | null;
  last_name: string | null;
  started_at: number;
  last_seen_at: number;
  ended_at: number | null;
  duration_s: number | null;
  replayed: boolean;
  estimated: boolean;
  authorized: boolean;
}

/** One page of uses, newest first. Two queries, whatever the page. */
export async function listUses(db: ReadDb, query: UseListQuery): Promise<Page<UseView>> {
  const { page, pageSize } = query;
  const { where, params } = conditions(query);
  const [count] = await db.query<{ total: number }>(
    `SELECT COUNT(*) AS total FROM uses ${where}`,
    params,
  );
  const rows = await db.query<UseRow>(
    `SELECT u.id, u.machine_id, m.name AS machine_name, u.member_id, p.first_name, p.last_name,
       u.started_at, u.last_seen_at, u.ended_at, u.duration_s, u.replayed, u.estimated, u.authorized
     FROM (SELECT * FROM uses ${where} ORDER BY started_at DESC, id DESC LIMIT ? OFFSET ?) u
     JOIN machines m ON m.id = u.machine_id LEFT JOIN members p ON p.id = u.member_id
     ORDER BY u.started_at DESC, u.id DESC`,
    [...params, pageSize, (page - 1) * pageSize],
  );
  return { items: rows.map(useView), total: count?.total ?? 0, page, pageSize };
}

function conditions({ machineId, memberId }: UseListQuery): { where: string; params: SqlValue[] } {
  const filters: [string, number | undefined][] = [
    ['machine_id = ?', machineId],
    ['member_id = ?', memberId],
  ];
  const terms: string[] = [];
  const params: SqlValue[] = [];
  for (const [term, value] of filters) {
    if (value === undefined) continue;
    terms.push(term);
    params.push(value);
  }
  return { where: terms.length > 0 ? `WHERE ${terms.join(' AND ')}` : '', params };
}

function useView(row: UseRow): UseView {
  return {
    id: row.id,
    machineId: row.machine_id,
    machineName: row.machine_name,
    memberId: row.member_id,
    memberName: row.first_name === null ? null : `${row.first_name} ${row.last_name ?? ''}`.trim(),
    startedAt: toIso(row.started_at),
    lastSeenAt: toIso(row.last_seen_at),
    endedAt: toIsoOrNull(row.ended_at),
    durationS: row.duration_s,
    replayed: row.replayed,
    estimated: row.estimated,
    authorized: row.authorized,
  };
}
