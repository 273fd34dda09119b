import type { Page } from '@fabomatic/kernel';
import type { MachineAccess, MachineTypeListQuery, MachineTypeView } from '@fabomatic/machines';
import type { ReadDb } from '../database/db';
import { Conditions, mapPage, orderBy, pageOfRows } from '../database/list-sql';

interface MachineTypeRow {
  id: number;
  name: string;
  timeout_min: number;
  grace_min: number;
  access: string;
  version: number;
  machines: number;
}

const SELECT = `t.id, t.name, t.timeout_min, t.grace_min, t.access, t.version,
  (SELECT COUNT(*) FROM machines m WHERE m.type_id = t.id) AS machines`;
const SORT_COLUMNS = {
  name: 'LOWER(t.name)',
  timeoutMin: 't.timeout_min',
  graceMin: 't.grace_min',
  machines: 'machines',
};

/** One page of machine types. Two queries. */
export async function listMachineTypes(
  db: ReadDb,
  query: MachineTypeListQuery,
): Promise<Page<MachineTypeView>> {
  const conditions = new Conditions()
    .search(query.q, 't.name')
    .filter('t.access = ?', query.access);
  const statement = {
    select: SELECT,
    from: 'machine_types t',
    conditions,
    orderBy: orderBy(query.sort, SORT_COLUMNS, 't.id'),
  };
  return mapPage(await pageOfRows<MachineTypeRow>(db, statement, query), view);
}

export async function findMachineType(db: ReadDb, id: number): Promise<MachineTypeView | null> {
  const [row] = await db.query<MachineTypeRow>(
    `SELECT ${SELECT} FROM machine_types t WHERE t.id = ?`,
    [id],
  );
  return row === undefined ? null : view(row);
}

function view(row: MachineTypeRow): MachineTypeView {
  return {
    id: row.id,
    name: row.name,
    timeoutMin: row.timeout_min,
    graceMin: row.grace_min,
    access: row.access as MachineAccess,
    machines: row.machines,
    version: row.version,
  };
}
