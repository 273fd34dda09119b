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
 * Plans in memory -> what pages see; the only mapper. One query, over the uses of the last four weeks
 * of these machines.
 */
export async function planViews(
  db: ReadDb,
  plans: readonly PlanOfMachine[],
  nowS: number,
): Promise<MaintenancePlanView[]> {
  const machineIds = [...new Set(plans.map(({ machine }) => machine.id))];
  const recentUse = await recentUseS(db, machineIds, nowS);
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
