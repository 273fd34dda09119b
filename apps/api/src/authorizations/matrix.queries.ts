import type { MachineAccess } from '@fabomatic/machines';
import type {
  AuthorizationMatrix,
  AuthorizationMatrixQuery,
  MatrixMachine,
  MatrixMember,
} from '@fabomatic/members';
import type { ReadDb } from '../database/db';
import { Conditions, orderBy, pageOfRows } from '../database/list-sql';

interface MemberRow {
  id: number;
  first_name: string;
  last_name: string;
  role_id: number;
  role_name: string;
  authorize_all: boolean;
  disabled: boolean;
}

interface MachineRow {
  id: number;
  name: string;
  type_id: number | null;
  type_name: string | null;
  access: string | null;
  authorized: number;
}

const MEMBER_NAME = "p.first_name || ' ' || p.last_name";
const SORT_COLUMNS = { name: `LOWER(${MEMBER_NAME})`, role: 'LOWER(r.name)' };

/** A page of members with what they may use. Four queries, whatever the page. */
export async function authorizationMatrix(
  db: ReadDb,
  query: AuthorizationMatrixQuery,
): Promise<AuthorizationMatrix> {
  const machines = await matrixMachines(db, query);
  const page = await pageOfRows<MemberRow>(
    db,
    {
      select: `p.id, p.first_name, p.last_name, p.role_id, r.name AS role_name, r.authorize_all,
        p.disabled`,
      from: 'members p JOIN roles r ON r.id = p.role_id',
      conditions: memberConditions(query),
      orderBy: orderBy(query.sort, SORT_COLUMNS, 'p.id'),
    },
    query,
  );
  const granted = await grantsOf(
    db,
    page.items.map(({ id }) => id),
    new Set(machines.map(({ id }) => id)),
  );
  const items = page.items.map((row) => memberView(row, granted.get(row.id) ?? []));
  return { ...page, items, machines };
}

async function matrixMachines(
  db: ReadDb,
  { typeId, machineId }: AuthorizationMatrixQuery,
): Promise<MatrixMachine[]> {
  const { sql, params } = new Conditions()
    .filter('m.type_id = ?', typeId)
    .filter('m.id = ?', machineId);
  const rows = await db.query<MachineRow>(
    `SELECT m.id, m.name, m.type_id, t.name AS type_name, t.access,
       (SELECT COUNT(*) FROM authorizations a JOIN members p ON p.id = a.member_id
        WHERE a.machine_id = m.id AND p.deleted_at IS NULL) AS authorized
     FROM machines m LEFT JOIN machine_types t ON t.id = m.type_id ${sql}
     ORDER BY LOWER(m.name), m.id`,
    params,
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    typeId: row.type_id,
    typeName: row.type_name,
    access: row.access as MachineAccess | null,
    authorized: row.authorized,
  }));
}

function memberConditions(query: AuthorizationMatrixQuery): Conditions {
  const conditions = new Conditions()
    .add('p.deleted_at IS NULL')
    .filter('p.role_id = ?', query.roleId)
    .search(query.q, MEMBER_NAME);
  if (query.authorized === undefined) return conditions;
  const columns = new Conditions()
    .add('a.member_id = p.id')
    .filter('a.machine_id = ?', query.machineId)
    .filter('m.type_id = ?', query.typeId);
  const some = `EXISTS (SELECT 1 FROM authorizations a JOIN machines m ON m.id = a.machine_id
    ${columns.sql})`;
  return conditions.add(query.authorized ? some : `NOT ${some}`, ...columns.params);
}

/** Member id -> machines of the matrix. */
async function grantsOf(
  db: ReadDb,
  memberIds: readonly number[],
  machineIds: ReadonlySet<number>,
): Promise<Map<number, number[]>> {
  const marks = memberIds.length === 0 ? 'NULL' : memberIds.map(() => '?').join(', ');
  const rows = await db.query<{ member_id: number; machine_id: number }>(
    `SELECT member_id, machine_id FROM authorizations WHERE member_id IN (${marks})
     ORDER BY member_id, machine_id`,
    memberIds,
  );
  const granted = new Map<number, number[]>();
  for (const { member_id, machine_id } of rows) {
    if (!machineIds.has(machine_id)) continue;
    const known = granted.get(member_id);
    if (known) known.push(machine_id);
    else granted.set(member_id, [machine_id]);
  }
  return granted;
}

function memberView(row: MemberRow, machineIds: number[]): MatrixMember {
  return {
    id: row.id,
    name: `${row.first_name} ${row.last_name}`.trim(),
    roleId: row.role_id,
    roleName: row.role_name,
    authorizeAll: row.authorize_all,
    disabled: row.disabled,
    machineIds,
  };
}
