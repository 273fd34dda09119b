/** A plan's counter: `elapsedS` seconds of use since its last intervention. */
export interface PlanCounter {
  elapsedS: number;
  intervalS: number;
}

/**
 * A plan is due when the machine ran strictly longer than its interval since the last
 * intervention. Worked row: 36 000 s elapsed of 36 000 is not due, 36 001 is.
 */
export function isPlanDue(plan: PlanCounter): boolean {
  return plan.elapsedS > plan.intervalS;
}

/** How worn a plan is: 1 at its threshold. An interval of 0 is due at the first second of use. */
export function planWear(plan: PlanCounter): number {
  if (plan.intervalS > 0) return plan.elapsedS / plan.intervalS;
  return plan.elapsedS > 0 ? Number.POSITIVE_INFINITY : 0;
}

/** The due plans, the most overdue (in seconds) first. */
export function duePlans<P extends PlanCounter>(plans: readonly P[]): P[] {
  return plans
    .filter(isPlanDue)
    .sort((a, b) => b.elapsedS - b.intervalS - (a.elapsedS - a.intervalS));
}

/** The plan that people should see first: the most overdue, else the most worn; null for none. */
export function nearestPlan<P extends PlanCounter>(plans: readonly P[]): P | null {
  const [worst] = duePlans(plans);
  if (worst) return worst;
  return plans.reduce<P | null>(
    (most, plan) => (most === null || planWear(plan) > planWear(most) ? plan : most),
    null,
  );
}

/**
 * Seconds of a use that count for a plan: the part after its last intervention. A use that spans
 * the intervention counts with what came after it.
 * Worked row: use 100..400, intervention at 250 -> 150; at 400 or later -> 0; none (null) -> 300.
 */
export function secondsSinceIntervention(
  use: { startedAtS: number; endedAtS: number },
  lastDoneAtS: number | null,
): number {
  return Math.max(0, use.endedAtS - Math.max(use.startedAtS, lastDoneAtS ?? use.startedAtS));
}
