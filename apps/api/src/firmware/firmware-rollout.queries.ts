import {
  FirmwareBoard,
  type FirmwareOutcome,
  type FirmwareRolloutListQuery,
  type FirmwareRolloutView,
} from '@fabomatic/boards';
import { type Page, toIso, toIsoOrNull } from '@fabomatic/kernel';
import * as z from 'zod';
import type { Db, ReadDb } from '../database/db';
import { Conditions, mapPage, orderBy, pageOfRows } from '../database/list-sql';

interface RolloutRow {
  id: number;
  started_at: number;
  ended_at: number | null;
  outcome: string;
  first_name: string | null;
  last_name: string | null;
  file_name: string;
  md5: string;
  size_bytes: number;
  version: string | null;
  boards_json: string;
}

const Boards = z.array(FirmwareBoard);
const SELECT = `r.id, r.started_at, r.ended_at, r.outcome, m.first_name, m.last_name, r.file_name,
  r.md5, r.size_bytes, r.version, r.boards_json`;
const FROM = 'firmware_rollouts r LEFT JOIN members m ON m.id = r.member_id';

/** One page of the record of runs. Two queries. */
export async function listRollouts(
  db: ReadDb,
  query: FirmwareRolloutListQuery,
): Promise<Page<FirmwareRolloutView>> {
  const statement = {
    select: SELECT,
    from: FROM,
    conditions: new Conditions().search(query.q, 'r.file_name', 'r.version'),
    orderBy: orderBy(query.sort, { startedAt: 'r.started_at' }, 'r.id'),
  };
  return mapPage(await pageOfRows<RolloutRow>(db, statement, query), view);
}

/** null: there has been none. */
export async function lastRollout(db: ReadDb): Promise<FirmwareRolloutView | null> {
  const [row] = await db.query<RolloutRow>(
    `SELECT ${SELECT} FROM ${FROM} ORDER BY r.id DESC LIMIT 1`,
  );
  return row === undefined ? null : view(row);
}

export function storeRollout(
  db: Db,
  rollout: Omit<FirmwareRolloutView, 'id' | 'startedBy' | 'startedAt'>,
  { memberId, nowS }: { memberId: number | null; nowS: number },
): Promise<number> {
  return db.insert('firmware_rollouts', {
    started_at: nowS,
    outcome: rollout.outcome,
    member_id: memberId,
    file_name: rollout.fileName,
    md5: rollout.md5,
    size_bytes: rollout.sizeBytes,
    version: rollout.version,
    boards_json: JSON.stringify(rollout.boards),
  });
}

/** How far it has come, or how it ended. */
export async function updateRollout(
  db: Db,
  { id, outcome, boards }: FirmwareRolloutView,
  endedAtS: number | null,
): Promise<void> {
  await db.execute(
    'UPDATE firmware_rollouts SET outcome = ?, ended_at = ?, boards_json = ? WHERE id = ?',
    [outcome, endedAtS, JSON.stringify(boards), id],
  );
}

/** Runs that the end of the program cut short. */
export async function markInterrupted(db: Db): Promise<void> {
  await db.execute(
    "UPDATE firmware_rollouts SET outcome = 'interrupted' WHERE outcome = 'running'",
  );
}

function view(row: RolloutRow): FirmwareRolloutView {
  return {
    id: row.id,
    startedAt: toIso(row.started_at),
    endedAt: toIsoOrNull(row.ended_at),
    outcome: row.outcome as FirmwareOutcome,
    startedBy: row.first_name === null ? null : `${row.first_name} ${row.last_name ?? ''}`.trim(),
    fileName: row.file_name,
    md5: row.md5,
    sizeBytes: row.size_bytes,
    version: row.version,
    boards: Boards.parse(JSON.parse(row.boards_json)),
  };
}
