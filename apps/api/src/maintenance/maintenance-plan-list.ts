import { sortOf } from '@fabomatic/kernel';
import { isPlanDue, type MaintenancePlanListQuery, planWear } from '@fabomatic/maintenance';
import type { LabService } from '../lab/lab.service';
import type { PlanOfMachine } from './maintenance-plan-view';

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

type SortName = 'wear' | 'machine' | 'description' | 'interval' | 'lastDone';
type Compare = (a: PlanOfMachine, b: PlanOfMachine) => number;

const COMPARE: Readonly<Record<SortName, Compare>> = {
  wear: (a, b) => compareNumbers(planWear(a.plan), planWear(b.plan)),
  machine: (a, b) => collator.compare(a.machine.name, b.machine.name),
  description: (a, b) => collator.compare(a.plan.description, b.plan.description),
  interval: (a, b) => compareNumbers(a.plan.intervalS, b.plan.intervalS),
  // Never done comes before all that was.
  lastDone: (a, b) =>
    compareNumbers(a.plan.lastDoneAtS ?? -Infinity, b.plan.lastDoneAtS ?? -Infinity),
};

/** The plans in memory that fit, in their order: by the rules that boards are answered with. */
export function findPlans(lab: LabService, query: MaintenancePlanListQuery): PlanOfMachine[] {
  const found: PlanOfMachine[] = [];
  for (const machine of lab.machines()) {
    if (query.machineId !== undefined && machine.id !== query.machineId) continue;
    found.push(...machine.plans.map((plan) => ({ plan, machine })));
  }
  const { name, isFalling } = sortOf(query.sort);
  const way = isFalling ? -1 : 1;
  return found
    .filter((item) => isWanted(item, query))
    .sort((a, b) => way * (COMPARE[name](a, b) || a.plan.id - b.plan.id));
}

function isWanted({ plan, machine }: PlanOfMachine, query: MaintenancePlanListQuery): boolean {
  if (query.due !== undefined && isPlanDue(plan) !== query.due) return false;
  const wanted = query.q?.toLowerCase();
  return (
    wanted === undefined ||
    [plan.description, plan.lcdMessage, machine.name].some((text) =>
      text.toLowerCase().includes(wanted),
    )
  );
}

/** Not by difference: two of an interval of 0 are both infinitely worn. */
function compareNumbers(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
