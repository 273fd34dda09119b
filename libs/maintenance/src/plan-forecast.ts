import { isPlanDue, type PlanCounter } from './maintenance-due';

/** A forecast looks back for so long: four weeks, so that every day of the week counts alike. */
export const FORECAST_WINDOW_S = 28 * 86_400;

/** Ten years: further away than a lab plans. */
const MAX_FORECAST_S = 10 * 365 * 86_400;

/**
 * When a plan will be due if its machine goes on as in the last {@link FORECAST_WINDOW_S}, in which
 * it was used for `recentUseS`. Epoch seconds; null when it is due, or when nobody used the machine.
 * Worked row: 10 h left, 40 h used in 28 days -> in 7 days.
 */
export function planForecastS(plan: PlanCounter, recentUseS: number, nowS: number): number | null {
  if (isPlanDue(plan) || recentUseS <= 0) return null;
  const leftS = plan.intervalS - plan.elapsedS;
  const inS = leftS * (FORECAST_WINDOW_S / recentUseS);
  return inS > MAX_FORECAST_S ? null : nowS + inS;
}
