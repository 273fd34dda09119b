import { secondsSinceIntervention } from '@fabomatic/maintenance';
import { useDurationS, type UseInterval } from '@fabomatic/uses';
import type { Db } from '../database/db';
import type { MachineRecord, PlanRecord } from '../lab/lab.service';

/** For which stretch of time a use counted until now, and for which it counts from now on. */
export interface CountedChange {
  readonly before: UseInterval | null;
  readonly after: UseInterval | null;
}

/** By how much changes move the machine's counters, in seconds of use. */
export interface Counted {
  readonly machineS: number;
  readonly plans: readonly { readonly plan: PlanRecord; readonly seconds: number }[];
}

/** What uses count now, less what they counted before: nothing is ever added twice. */
export function countedBy(machine: MachineRecord, changes: readonly CountedChange[]): Counted {
  let machineS = 0;
  for (const { before, after } of changes) machineS += useDurationS(after) - useDurationS(before);
  const plans = machine.plans.map((plan) => {
    const counts = (use: UseInterval | null) =>
      use === null ? 0 : secondsSinceIntervention(use, plan.lastDoneAtS);
    const seconds = changes.reduce((sum, use) => sum + counts(use.after) - counts(use.before), 0);
    return { plan, seconds };
  });
  return { machineS, plans: plans.filter(({ seconds }) => seconds !== 0) };
}

/** A counter never falls below 0, even if more is taken away than people left in it. */
export function moved(counterS: number, seconds: number): number {
  return Math.max(0, counterS + seconds);
}

/** Moves the stored counters, in the unit that stores the uses. */
export async function storeCounters(
  db: Db,
  machine: MachineRecord,
  counted: Counted,
): Promise<void> {
  if (counted.machineS !== 0) await move(db, 'machines', 'hours_s', machine.id, counted.machineS);
  for (const { plan, seconds } of counted.plans) {
    await move(db, 'maintenance_plans', 'elapsed_s', plan.id, seconds);
  }
}

/** The same as {@link moved}, in the database. Names are ours. */
async function move(
  db: Db,
  table: string,
  column: string,
  id: number,
  seconds: number,
): Promise<void> {
  await db.execute(
    `UPDATE ${table} SET ${column} = CASE WHEN ${column} + ? < 0 THEN 0 ELSE ${column} + ? END
     WHERE id = ?`,
    [seconds, seconds, id],
  );
}
