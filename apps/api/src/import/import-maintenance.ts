import { SECONDS_PER_HOUR } from '@fabomatic/kernel';
import { isWebLink, secondsSinceIntervention } from '@fabomatic/maintenance';
import { BatchInsert } from './batch-insert';
import type { ImportContext, ImportedMembers } from './import-context';
import { filledTextOf, flagOf, integerOf, numberOf, textOf } from './original-values';

/** A plan whose counter grows while the uses are read. */
interface CountedPlan {
  readonly id: number;
  readonly lastDoneAtS: number | null;
  elapsedS: number;
}

/**
 * The counters of all plans. The original sums up a machine's whole history at each question; here
 * each plan knows how long its machine ran, by the rule that counts new uses as well.
 */
export class PlanCounters {
  /** Key: machine id. */
  private readonly plans = new Map<number, CountedPlan[]>();

  add(machineId: number, plan: CountedPlan): void {
    const known = this.plans.get(machineId);
    if (known) known.push(plan);
    else this.plans.set(machineId, [plan]);
  }

  /** Counts a closed use. */
  count(machineId: number, use: { startedAtS: number; endedAtS: number }): void {
    for (const plan of this.plans.get(machineId) ?? []) {
      plan.elapsedS += secondsSinceIntervention(use, plan.lastDoneAtS);
    }
  }

  async store({ db }: ImportContext): Promise<void> {
    for (const plan of [...this.plans.values()].flat()) {
      await db.execute('UPDATE maintenance_plans SET elapsed_s = ? WHERE id = ?', [
        plan.elapsedS,
        plan.id,
      ]);
    }
  }
}

/** maintenances -> maintenance_plans; what the counters say is known once the uses are read. */
export async function importPlans(
  { db, original, report, nowS }: ImportContext,
  machines: ReadonlySet<number>,
): Promise<{ plans: Set<number>; counters: PlanCounters }> {
  const lastDone = new Map<number, number>();
  const latest = original.select(
    'SELECT maintenance_id, MAX(timestamp) AS last_done FROM interventions GROUP BY maintenance_id',
  );
  for (const row of latest) {
    const [id, at] = [integerOf(row['maintenance_id']), numberOf(row['last_done'])];
    if (id !== null && at !== null) lastDone.set(id, at);
  }
  const plans = new Set<number>();
  const counters = new PlanCounters();
  const rows = new BatchInsert(db, 'maintenance_plans', [
    'id',
    'machine_id',
    'description',
    'lcd_message',
    'interval_s',
    'instructions_url',
    'last_done_at',
    'created_at',
  ]);
  for (const row of original.rows('maintenances', 'maintenance_id')) {
    const [id, machineId] = [integerOf(row['maintenance_id']), integerOf(row['machine_id'])];
    if (id === null || machineId === null || !machines.has(machineId)) {
      report.note('plan_orphan');
      continue;
    }
    const lastDoneAtS = lastDone.get(id) ?? null;
    const description = textOf(row['description']) ?? '';
    const link = filledTextOf(row['instructions_url']);
    // The original takes anything for a link, 'javascript:' too: portal and mails would offer it.
    const isUsable = link === null || isWebLink(link);
    if (!isUsable) report.note('link_unusable', { form: 'text', text: `${description}: ${link}` });
    await rows.add(
      id,
      machineId,
      description,
      textOf(row['lcd_message']) ?? '',
      Math.max(0, numberOf(row['hours_between']) ?? 0) * SECONDS_PER_HOUR,
      isUsable ? link : null,
      lastDoneAtS,
      nowS,
    );
    plans.add(id);
    counters.add(machineId, { id, lastDoneAtS, elapsedS: 0 });
  }
  await rows.end();
  report.count('maintenances', 'maintenance_plans', original.count('maintenances'), rows.count);
  return { plans, counters };
}

export async function importInterventions(
  { db, original, report }: ImportContext,
  plans: ReadonlySet<number>,
  members: ImportedMembers,
  machines: ReadonlySet<number>,
): Promise<void> {
  const rows = new BatchInsert(db, 'interventions', [
    'id',
    'plan_id',
    'machine_id',
    'member_id',
    'done_at',
    'replayed',
  ]);
  for (const row of original.rows('interventions', 'intervention_id')) {
    const [id, planId] = [integerOf(row['intervention_id']), integerOf(row['maintenance_id'])];
    const [machineId, at] = [integerOf(row['machine_id']), numberOf(row['timestamp'])];
    const isWhole = id !== null && planId !== null && machineId !== null && at !== null;
    if (!isWhole || !plans.has(planId) || !machines.has(machineId)) {
      report.note('intervention_incomplete');
      continue;
    }
    const memberId = integerOf(row['user_id']);
    const known = memberId !== null && members.has(memberId) ? memberId : null;
    if (known === null) report.note('intervention_without_member');
    await rows.add(id, planId, machineId, known, at, flagOf(row['replay']));
  }
  await rows.end();
  report.count('interventions', 'interventions', original.count('interventions'), rows.count);
}
