import { type Page, toIso } from '@fabomatic/kernel';
import type {
  AuthorizationListQuery,
  AuthorizationPair,
  AuthorizationView,
} from '@fabomatic/members';
import type { Db, ReadDb } from '../database/db';
import { Conditions, type ListStatement, mapPage, orderBy, pageOfRows } from '../database/list-sql';

interface AuthorizationRow {
  id: number;
  member_id: number;
  first_name: string;
  last_name: string;
  machine_id: number;
  machine_name: string;
  created_at: number;
}

const SELECT = `a.id, a.member_id, p.first_name, p.last_name, a.machine_id, m.name AS machine_name,
  a.created_at`;
const FROM = `authorizations a JOIN members p ON p.id = a.member_id
  JOIN machines m ON m.id = a.machine_id`;
const MEMBER_NAME = "p.first_name || ' ' || p.last_name";
const SORT_COLUMNS = {
  member: `LOWER(${MEMBER_NAME})`,
  machine: 'LOWER(m.name)',
  createdAt: 'a.created_at',
};
/** Pairs that are looked for at once: SQLite takes 32 766 parameters. */
const PAIRS_AT_ONCE = 1000;

/** One page of authorisations of members who are not deleted. Two queries. */
export async function listAuthorizations(
  db: ReadDb,
  query: AuthorizationListQuery,
): Promise<Page<AuthorizationView>> {
  return mapPage(await pageOfRows<AuthorizationRow>(db, statementOf(query), query), view);
}

function statementOf(query: AuthorizationListQuery): ListStatement {
  const conditions = new Conditions()
    .add('p.deleted_at IS NULL')
    .filter('a.member_id = ?', query.memberId)
    .filter('a.machine_id = ?', query.machineId)
    .search(query.q, MEMBER_NAME, 'm.name');
  const order = orderBy(query.sort, SORT_COLUMNS, 'a.id');
  return { select: SELECT, from: FROM, conditions, orderBy: order };
}

export async function findAuthorization(db: ReadDb, id: number): Promise<AuthorizationView | null> {
  const [row] = await db.query<AuthorizationRow>(
    `SELECT ${SELECT} FROM ${FROM} WHERE a.id = ? AND p.deleted_at IS NULL`,
    [id],
  );
  return row === undefined ? null : view(row);
}

/** Adds the pairs that are not there yet; how many were added. */
export async function grantPairs(
  db: Db,
  pairs: readonly AuthorizationPair[],
  nowS: number,
): Promise<number> {
  let granted = 0;
  for (const some of chunksOf(pairs)) {
    granted += await db.execute(
      `INSERT INTO authorizations (member_id, machine_id, created_at)
       VALUES ${some.map(() => '(?, ?, ?)').join(', ')} ON CONFLICT DO NOTHING`,
      some.flatMap(({ memberId, machineId }) => [memberId, machineId, nowS]),
    );
  }
  return granted;
}

/** Takes the pairs away that are there; how many were. */
export async function revokePairs(db: Db, pairs: readonly AuthorizationPair[]): Promise<number> {
  let revoked = 0;
  for (const some of chunksOf(pairs)) {
    revoked += await db.execute(
      `DELETE FROM authorizations WHERE (member_id, machine_id) IN
         (VALUES ${some.map(() => '(CAST(? AS INTEGER), CAST(? AS INTEGER))').join(', ')})`,
      some.flatMap(({ memberId, machineId }) => [memberId, machineId]),
    );
  }
  return revoked;
}

function* chunksOf<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += PAIRS_AT_ONCE) {
    yield items.slice(from, from + PAIRS_AT_ONCE);
  }
}

function view(row: AuthorizationRow): AuthorizationView {
  return {
    id: row.id,
    memberId: row.member_id,
    memberName: `${row.first_name} ${row.last_name}`.trim(),
    machineId: row.machine_id,
    machineName: row.machine_name,
    createdAt: toIso(row.created_at),
  };
}
