import { planForecastS } from './plan-forecast';

const NOW = 1_764_000_000;
const HOUR = 3600;
const plan = { intervalS: 100 * HOUR, elapsedS: 90 * HOUR };

test.each([
  ['10 h left, 40 h in four weeks', plan, 40 * HOUR, 7 * 86_400],
  ['at its threshold, and not over it', { ...plan, elapsedS: plan.intervalS }, HOUR, 0],
  ['due', { ...plan, elapsedS: plan.intervalS + 1 }, 40 * HOUR, null],
  ['a machine that stands still', plan, 0, null],
  ['ten years and more', plan, 1, null],
])('%s', (_, counter, recentUseS, inS) => {
  expect(planForecastS(counter, recentUseS, NOW)).toBe(inS === null ? null : NOW + inS);
});
