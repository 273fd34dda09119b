import type { MachineImpactView } from '@fabomatic/machines';
import type { Db, ReadDb } from '../database/db';

type Impact = Omit<MachineImpactView, 'inUse'>;

const OF_MACHINE = 'machine_id = ?';
/** In moved-in databases the machine of an intervention need not be the one of its plan. */
const OF_MACHINE_OR_ITS_PLANS =
  'machine_id = ? OR plan_id IN (SELECT id FROM maintenance_plans WHERE machine_id = ?)';

/** What belongs to a machine, in the order in which it can be removed. */
const BELONGINGS = [
  ['interventions', 'interventions', OF_MACHINE_OR_ITS_PLANS],
  ['plans', 'maintenance_plans', OF_MACHINE],
  ['uses', 'uses', OF_MACHINE],
  ['authorizations', 'authorizations', OF_MACHINE],
  ['boards', 'boards', OF_MACHINE],
  ['unrecognisedCards', 'unrecognised_cards', OF_MACHINE],
] as const satisfies readonly (readonly [keyof Impact, string, string])[];

/** How much would disappear with the machine. */
export async function countBelongings(db: ReadDb, machineId: number): Promise<Impact> {
  const columns = BELONGINGS.map(
    ([name, table, condition]) => `(SELECT COUNT(*) FROM ${table} WHERE ${condition}) AS "${name}"`,
  );
  const [row] = await db.query<Impact>(
    `SELECT ${columns.join(', ')}`,
    BELONGINGS.flatMap(([, , condition]) => idsFor(condition, machineId)),
  );
  if (row === undefined) throw new Error('a SELECT without FROM gives one row');
  return row;
}

export async function removeWithBelongings(db: Db, machineId: number): Promise<void> {
  for (const [, table, condition] of BELONGINGS) {
    await db.execute(`DELETE FROM ${table} WHERE ${condition}`, idsFor(condition, machineId));
  }
  // The account of its board goes with it, which nobody misses: it opens nothing any more.
  await db.execute('DELETE FROM board_accounts WHERE machine_id = ?', [machineId]);
  await db.execute('DELETE FROM machines WHERE id = ?', [machineId]);
}

function idsFor(condition: string, machineId: number): number[] {
  return Array.from(condition.matchAll(/\?/g), () => machineId);
}
