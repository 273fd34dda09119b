import type { BoardAccountMode, BoardListQuery, BoardView } from '@fabomatic/boards';
import { type Page, toIso } from '@fabomatic/kernel';
import { isOnline, ONLINE_WINDOW_S } from '@fabomatic/machines';
import type { ReadDb } from '../database/db';
import { Conditions, mapPage, orderBy, pageOfRows } from '../database/list-sql';
import type { BoardAccountRecord, LabService } from '../lab/lab.service';

interface BoardRow {
  id: number;
  machine_id: number;
  machine_name: string;
  serial: string;
  ip: string;
  firmware: string;
  heap: number | null;
  first_seen_at: number;
  last_seen_at: number;
  /** 0 or 1. */
  is_latest: number;
}

/** What is known without asking the database. */
export interface BoardsLab {
  readonly memory: LabService;
  readonly accounts: BoardAccountMode;
}

const FROM = 'boards b JOIN machines m ON m.id = b.machine_id';
/** Of several boards of a machine the one that spoke last speaks for it. */
const IS_LATEST = `NOT EXISTS (SELECT 1 FROM boards o WHERE o.machine_id = b.machine_id
  AND (o.last_seen_at > b.last_seen_at OR (o.last_seen_at = b.last_seen_at AND o.id > b.id)))`;
const SELECT = `b.id, b.machine_id, m.name AS machine_name, b.serial, b.ip, b.firmware, b.heap,
  b.first_seen_at, b.last_seen_at, CASE WHEN ${IS_LATEST} THEN 1 ELSE 0 END AS is_latest`;
const SORT_COLUMNS = {
  machine: 'LOWER(m.name)',
  serial: 'LOWER(b.serial)',
  ip: 'b.ip',
  firmware: 'LOWER(b.firmware)',
  heap: 'b.heap',
  lastSeen: 'b.last_seen_at',
};

/** One page of boards. Two queries; whether a machine is on line is known in memory. */
export async function listBoards(
  db: ReadDb,
  lab: BoardsLab,
  query: BoardListQuery,
  nowS: number,
): Promise<Page<BoardView>> {
  const conditions = new Conditions()
    .search(query.q, 'm.name', 'b.serial', 'b.ip', 'b.firmware')
    .filter('b.machine_id = ?', query.machineId);
  if (query.online !== undefined) addOnline(conditions, lab, query.online, nowS);
  const statement = {
    select: SELECT,
    from: FROM,
    conditions,
    orderBy: orderBy(query.sort, SORT_COLUMNS, 'b.id'),
  };
  return mapPage(await pageOfRows<BoardRow>(db, statement, query), (row) => view(row, lab, nowS));
}

export async function findBoard(
  db: ReadDb,
  lab: BoardsLab,
  id: number,
  nowS: number,
): Promise<BoardView | null> {
  const [row] = await db.query<BoardRow>(`SELECT ${SELECT} FROM ${FROM} WHERE b.id = ?`, [id]);
  return row === undefined ? null : view(row, lab, nowS);
}

/** The condition of {@link view}, for the database. */
function addOnline(conditions: Conditions, lab: BoardsLab, isWanted: boolean, nowS: number): void {
  const online = [...lab.memory.machines()].filter(({ lastSeenAtS }) =>
    isOnline(lastSeenAtS, nowS),
  );
  const ids = online.map(({ id }) => id);
  const places = ids.map(() => '?').join(', ');
  const byMachine = ids.length === 0 ? '1 = 0' : `(${IS_LATEST} AND b.machine_id IN (${places}))`;
  const term = `(b.last_seen_at > ? OR ${byMachine})`;
  conditions.add(isWanted ? term : `NOT ${term}`, nowS - ONLINE_WINDOW_S, ...ids);
}

function view(row: BoardRow, lab: BoardsLab, nowS: number): BoardView {
  const machine = lab.memory.machine(row.machine_id);
  // A board tells of itself every two minutes, and its machine is heard every half one.
  const heardS = row.is_latest === 1 ? (machine?.lastSeenAtS ?? null) : null;
  const lastSeenAtS = Math.max(row.last_seen_at, heardS ?? 0);
  return {
    id: row.id,
    machineId: row.machine_id,
    machineName: row.machine_name,
    serial: row.serial === '' ? null : row.serial,
    ip: row.ip,
    firmware: row.firmware,
    heapBytes: row.heap,
    firstSeenAt: toIso(row.first_seen_at),
    lastSeenAt: toIso(lastSeenAtS),
    online: isOnline(lastSeenAtS, nowS),
    account: lab.accounts === 'off' ? 'off' : accountState(machine?.account ?? null),
  };
}

function accountState(account: BoardAccountRecord | null): BoardView['account'] {
  if (account === null) return 'none';
  return account.isUsed ? 'used' : 'waiting';
}
