import { type Page, toIso, toIsoOrNull } from '@fabomatic/kernel';
import type { JobOutcome, JobRunListQuery, JobRunView, JobTrigger } from '@fabomatic/system';
import * as z from 'zod';
import type { ReadDb } from '../database/db';
import { Conditions, mapPage, orderBy, pageOfRows } from '../database/list-sql';
import type { UnitOfWork } from '../database/unit-of-work';

/** kind -> how many: what a run did. */
export type JobSummary = Readonly<Record<string, number>>;

/** Runs of one job that are kept. */
const KEPT_RUNS = 200;
const MAX_ERROR_LENGTH = 500;
const Summary = z.record(z.string(), z.number());

interface RunRow {
  id: number;
  job: string;
  started_at: number;
  ended_at: number | null;
  outcome: string;
  is_dry_run: boolean;
  triggered_by: string;
  first_name: string | null;
  last_name: string | null;
  summary_json: string | null;
  error: string | null;
}

const SELECT = `r.id, r.job, r.started_at, r.ended_at, r.outcome, r.is_dry_run, r.triggered_by,
  m.first_name, m.last_name, r.summary_json, r.error`;
const FROM = 'job_runs r LEFT JOIN members m ON m.id = r.member_id';

/** How a run began. */
export interface RunStart {
  readonly job: string;
  readonly nowS: number;
  readonly isDryRun: boolean;
  readonly trigger: JobTrigger;
  readonly memberId: number | null;
}

/** Writes that a run has begun, and forgets the oldest of the same job. */
export function storeStart(units: UnitOfWork, start: RunStart): Promise<number> {
  return units.run(async (db) => {
    const id = await db.insert('job_runs', {
      job: start.job,
      started_at: start.nowS,
      outcome: 'running' satisfies JobOutcome,
      is_dry_run: start.isDryRun,
      triggered_by: start.trigger,
      member_id: start.memberId,
    });
    await db.execute(
      `DELETE FROM job_runs WHERE job = ? AND id NOT IN
         (SELECT id FROM job_runs WHERE job = ? ORDER BY id DESC LIMIT ${KEPT_RUNS})`,
      [start.job, start.job],
    );
    return id;
  });
}

/** Writes how a run ended. */
export async function storeEnd(
  units: UnitOfWork,
  id: number,
  end: { nowS: number; outcome: JobOutcome; summary: JobSummary; error: string | null },
): Promise<void> {
  await units.run((db) =>
    db.execute(
      'UPDATE job_runs SET ended_at = ?, outcome = ?, summary_json = ?, error = ? WHERE id = ?',
      [
        end.nowS,
        end.outcome,
        JSON.stringify(end.summary),
        end.error?.slice(0, MAX_ERROR_LENGTH) ?? null,
        id,
      ],
    ),
  );
}

/** Runs that the end of the program cut short: they count as not having been. */
export async function markInterrupted(units: UnitOfWork): Promise<void> {
  await units.run((db) =>
    db.execute("UPDATE job_runs SET outcome = 'interrupted' WHERE outcome = 'running'"),
  );
}

/** Since when each job has nothing to make up for: its latest whole run, or when it became known. */
export async function settledSince(
  units: UnitOfWork,
  names: readonly string[],
  nowS: number,
): Promise<Map<string, number>> {
  return units.run(async (db) => {
    const known = await db.query<{ name: string; known_since: number; last: number | null }>(
      `SELECT j.name, j.known_since,
         (SELECT MAX(r.started_at) FROM job_runs r
          WHERE r.job = j.name AND r.is_dry_run = ? AND r.outcome IN ('done', 'failed')) AS last
       FROM scheduled_jobs j`,
      [false],
    );
    const since = new Map(known.map((row) => [row.name, Math.max(row.known_since, row.last ?? 0)]));
    for (const name of names.filter((each) => !since.has(each))) {
      await db.insert('scheduled_jobs', { name, known_since: nowS });
      since.set(name, nowS);
    }
    return since;
  });
}

export async function findRun(db: ReadDb, id: number): Promise<JobRunView | null> {
  const [row] = await db.query<RunRow>(`SELECT ${SELECT} FROM ${FROM} WHERE r.id = ?`, [id]);
  return row === undefined ? null : view(row);
}

/** The latest run of each job. */
export async function latestRuns(db: ReadDb): Promise<Map<string, JobRunView>> {
  const rows = await db.query<RunRow>(
    `SELECT ${SELECT} FROM ${FROM} WHERE r.id IN (SELECT MAX(id) FROM job_runs GROUP BY job)`,
  );
  return new Map(rows.map((row) => [row.job, view(row)]));
}

export async function listRuns(
  db: ReadDb,
  job: string,
  query: JobRunListQuery,
): Promise<Page<JobRunView>> {
  const statement = {
    select: SELECT,
    from: FROM,
    conditions: new Conditions().add('r.job = ?', job).search(query.q, 'r.error'),
    orderBy: orderBy(query.sort, { startedAt: 'r.started_at' }, 'r.id'),
  };
  return mapPage(await pageOfRows<RunRow>(db, statement, query), view);
}

function view(row: RunRow): JobRunView {
  return {
    id: row.id,
    job: row.job,
    startedAt: toIso(row.started_at),
    endedAt: toIsoOrNull(row.ended_at),
    outcome: row.outcome as JobOutcome,
    isDryRun: row.is_dry_run,
    trigger: row.triggered_by as JobTrigger,
    triggeredBy: row.first_name === null ? null : `${row.first_name} ${row.last_name ?? ''}`.trim(),
    summary: row.summary_json === null ? {} : Summary.parse(JSON.parse(row.summary_json)),
    error: row.error,
  };
}
