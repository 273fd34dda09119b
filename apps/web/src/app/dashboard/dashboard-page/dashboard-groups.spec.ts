import type { MachineStatus, MachineView } from '@fabomatic/machines';
import { dashboardGroups, statusCounts } from './dashboard-groups';

const STATUSES: MachineStatus[] = ['free', 'in-use', 'offline', 'blocked', 'maintenance', 'in-use'];
const machines = STATUSES.map((_status, index) => ({ id: index }) as MachineView);
const statusOf = (machine: MachineView) => STATUSES[machine.id] ?? 'free';
const shape = (only: MachineStatus | null) =>
  dashboardGroups(machines, statusOf, only).map(({ label, machines: shown }) => [
    label,
    shown.map(({ id }) => id),
  ]);

test('used machines come first, then those that need someone, then the free ones', () => {
  expect(shape(null)).toEqual([
    ['in_use', [1, 5]],
    ['needs_someone', [2, 3, 4]],
    ['free', [0]],
  ]);
});

test('a chosen status shows only its machines, and no empty group', () => {
  expect(shape('blocked')).toEqual([['needs_someone', [3]]]);
});

test('the five counts add up to all machines', () => {
  const counts = statusCounts(machines, statusOf);
  expect(counts).toEqual({ 'in-use': 2, blocked: 1, maintenance: 1, offline: 1, free: 1 });
});
