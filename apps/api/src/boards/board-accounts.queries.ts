import { type BoardAccountListQuery, type BoardAccountView, boardUser } from '@fabomatic/boards';
import { type Page, toIso, toIsoOrNull } from '@fabomatic/kernel';
import type { ReadDb } from '../database/db';
import { Conditions, mapPage, orderBy, pageOfRows } from '../database/list-sql';

interface BoardAccountRow {
  machine_id: number;
  machine_name: string;
  switch_topic: string | null;
  created_at: number;
  first_used_at: number | null;
  last_used_at: number | null;
}

const SELECT = `a.machine_id, m.name AS machine_name, a.switch_topic, a.created_at, a.first_used_at,
  a.last_used_at`;
const FROM = 'board_accounts a JOIN machines m ON m.id = a.machine_id';
const SORT_COLUMNS = {
  machine: 'LOWER(m.name)',
  createdAt: 'a.created_at',
  lastUsedAt: 'a.last_used_at',
};

export async function listBoardAccounts(
  db: ReadDb,
  query: BoardAccountListQuery,
): Promise<Page<BoardAccountView>> {
  const conditions = new Conditions().search(query.q, 'm.name', 'a.switch_topic');
  if (query.state !== undefined) {
    conditions.add(`a.first_used_at IS ${query.state === 'used' ? 'NOT NULL' : 'NULL'}`);
  }
  const statement = {
    select: SELECT,
    from: FROM,
    conditions,
    orderBy: orderBy(query.sort, SORT_COLUMNS, 'a.id'),
  };
  return mapPage(await pageOfRows<BoardAccountRow>(db, statement, query), view);
}

export async function findBoardAccount(
  db: ReadDb,
  machineId: number,
): Promise<BoardAccountView | null> {
  const [row] = await db.query<BoardAccountRow>(
    `SELECT ${SELECT} FROM ${FROM} WHERE a.machine_id = ?`,
    [machineId],
  );
  return row === undefined ? null : view(row);
}

function view(row: BoardAccountRow): BoardAccountView {
  return {
    id: row.machine_id,
    machineName: row.machine_name,
    user: boardUser(row.machine_id),
    switchTopic: row.switch_topic,
    state: row.first_used_at === null ? 'waiting' : 'used',
    createdAt: toIso(row.created_at),
    lastUsedAt: toIsoOrNull(row.last_used_at),
  };
}
