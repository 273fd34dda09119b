import { type Page, toIso } from '@fabomatic/kernel';
import type { InterventionListQuery, InterventionView } from '@fabomatic/maintenance';
import type { ReadDb } from '../database/db';
import { Conditions, mapPage, orderBy, pageOfRows } from '../database/list-sql';

interface InterventionRow {
  id: number;
  plan_id: number;
  description: string;
  machine_id: number;
  machine_name: string;
  member_id: number | null;
  first_name: string | null;
  last_name: string | null;
  done_at: number;
  replayed: boolean;
  note: string | null;
  version: number;
}

const FROM = `interventions i JOIN maintenance_plans p ON p.id = i.plan_id
  JOIN machines m ON m.id = i.machine_id LEFT JOIN members w ON w.id = i.member_id`;
const SELECT = `i.id, i.plan_id, p.description, i.machine_id, m.name AS machine_name, i.member_id,
  w.first_name, w.last_name, i.done_at, i.replayed, i.note, i.version`;
const SORT_COLUMNS = {
  doneAt: 'i.done_at',
  machine: 'LOWER(m.name)',
  plan: 'LOWER(p.description)',
  member: "LOWER(w.first_name || ' ' || w.last_name)",
};

/** One page of interventions, the newest first unless asked otherwise. Two queries. */
export async function listInterventions(
  db: ReadDb,
  query: InterventionListQuery,
): Promise<Page<InterventionView>> {
  const conditions = new Conditions()
    .search(query.q, 'p.description', 'm.name', "w.first_name || ' ' || w.last_name", 'i.note')
    .filter('i.machine_id = ?', query.machineId)
    .filter('i.member_id = ?', query.memberId)
    .filter('i.plan_id = ?', query.planId)
    .filter('i.done_at >= ?', query.from)
    .filter('i.done_at < ?', query.to)
    .filter('i.replayed = ?', query.replayed);
  const order = orderBy(query.sort, SORT_COLUMNS, 'i.id');
  const statement = { select: SELECT, from: FROM, conditions, orderBy: order };
  return mapPage(await pageOfRows<InterventionRow>(db, statement, query), view);
}

export async function findIntervention(db: ReadDb, id: number): Promise<InterventionView | null> {
  const [row] = await db.query<InterventionRow>(`SELECT ${SELECT} FROM ${FROM} WHERE i.id = ?`, [
    id,
  ]);
  return row === undefined ? null : view(row);
}

function view(row: InterventionRow): InterventionView {
  return {
    id: row.id,
    planId: row.plan_id,
    planDescription: row.description,
    machineId: row.machine_id,
    machineName: row.machine_name,
    memberId: row.member_id,
    memberName: row.first_name === null ? null : `${row.first_name} ${row.last_name ?? ''}`.trim(),
    doneAt: toIso(row.done_at),
    replayed: row.replayed,
    note: row.note,
    version: row.version,
  };
}
