import {
  duePlans,
  isPlanDue,
  nearestPlan,
  planWear,
  secondsSinceIntervention,
} from './maintenance-due';

test('a plan is due strictly above its interval', () => {
  expect(isPlanDue({ elapsedS: 36_000, intervalS: 36_000 })).toBe(false);
  expect(isPlanDue({ elapsedS: 36_000.5, intervalS: 36_000 })).toBe(true);
});

test('a plan of zero hours is due from the first second of use', () => {
  expect(isPlanDue({ elapsedS: 0, intervalS: 0 })).toBe(false);
  expect(isPlanDue({ elapsedS: 1, intervalS: 0 })).toBe(true);
  expect(planWear({ elapsedS: 1, intervalS: 0 })).toBe(Infinity);
  expect(planWear({ elapsedS: 0, intervalS: 0 })).toBe(0);
});

const belts = { id: 1, elapsedS: 110, intervalS: 100 };
const optics = { id: 2, elapsedS: 300, intervalS: 200 };
const grease = { id: 3, elapsedS: 90, intervalS: 100 };
const filter = { id: 4, elapsedS: 10, intervalS: 1000 };

test('the most overdue plan comes first', () => {
  expect(duePlans([belts, grease, optics])).toEqual([optics, belts]);
});

test('the nearest plan is the most overdue, else the most worn', () => {
  expect(nearestPlan([belts, optics, grease])).toBe(optics);
  expect(nearestPlan([filter, grease])).toBe(grease);
  expect(nearestPlan([])).toBeNull();
});

test.each([
  [null, 300],
  [50, 300],
  [250, 150],
  [400, 0],
  [500, 0],
])('a use from 100 to 400 and an intervention at %j count %d s', (lastDoneAtS, seconds) => {
  expect(secondsSinceIntervention({ startedAtS: 100, endedAtS: 400 }, lastDoneAtS)).toBe(seconds);
});
