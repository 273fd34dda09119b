import { toIsoOrNull } from '@fabomatic/kernel';
import {
  FORECAST_WINDOW_S,
  isPlanDue,
  type MaintenancePlanView,
  planForecastS,
} from '@fabomatic/maintenance';
import type { ReadDb } from '../database/db';
import type { MachineRecord, PlanRecord } from '../lab/lab.service';

/** A plan and the machine it belongs to. */
export interface PlanOfMachine {
  readonly plan: PlanRecord;
  readonly machine: MachineRecord;
}

/**
 * Plans in memory -> what pages see; the only mapper. Two queries: the uses of the last four weeks of
 * these machines, and who did the work last.
 */
export async function planViews(
  db: ReadDb,
  plans: readonly PlanOfMachine[],
  nowS: number,
): Promise<MaintenancePlanView[]> {
  const machineIds = [...new Set(plans.map(({ machine }) => machine.id))];
  const recentUse = await recentUseS(db, machineIds, nowS);
  const lastDoneBy = await namesOfLast(
    db,
    plans.map(({ plan }) => plan.id),
  );
  return plans.map(({ plan, machine }) => ({
    id: plan.id,
    machineId: machine.id,
    machineName: machine.name,
    description: plan.description,
    lcdMessage: plan.lcdMessage,
    intervalS: plan.intervalS,
    instructionsUrl: plan.instructionsUrl,
    elapsedS: plan.elapsedS,
    isDue: isPlanDue(plan),
    lastDoneAt: toIsoOrNull(plan.lastDoneAtS),
    lastDoneByName: lastDoneBy.get(plan.id) ?? null,
    forecastAt: toIsoOrNull(planForecastS(plan, recentUse.get(machine.id) ?? 0, nowS)),
    version: plan.version,
  }));
}

/** Machine id -> seconds of use within the forecast's window. */
async function recentUseS(
  db: ReadDb,
  machineIds: readonly number[],
  nowS: number,
): Promise<Map<number, number>> {
  if (machineIds.length === 0) return new Map();
  const places = machineIds.map(() => '?').join(', ');
  const rows = await db.query<{ machine_id: number; duration_s: number | null }>(
    `SELECT machine_id, SUM(duration_s) AS duration_s FROM uses
     WHERE machine_id IN (${places}) AND started_at >= ? GROUP BY machine_id`,
    [...machineIds, nowS - FORECAST_WINDOW_S],
  );
  return new Map(rows.map((row) => [row.machine_id, row.duration_s ?? 0]));
}

/** Plan id -> first and last name of who did it last. */
async function namesOfLast(db: ReadDb, planIds: readonly number[]): Promise<Map<number, string>> {
  if (planIds.length === 0) return new Map();
  const places = planIds.map(() => '?').join(', ');
  const rows = await db.query<{ plan_id: number; first_name: string; last_name: string }>(
    `SELECT i.plan_id, w.first_name, w.last_name FROM maintenance_plans p
     JOIN interventions i ON i.plan_id = p.id AND i.done_at = p.last_done_at
     JOIN members w ON w.id = i.member_id WHERE p.id IN (${places}) ORDER BY i.id`,
    planIds,
  );
  return new Map(rows.map((row) => [row.plan_id, `${row.first_name} ${row.last_name}`.trim()]));
}
