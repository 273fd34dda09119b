import type { MachineStatus } from '@fabomatic/machines';
import { machineView } from '../machines/machine-view.fixture';
import type { MachineNow } from '../machines/machines-store';
import { countByStatus, groupMachines } from './dashboard-groups';

const machine = (id: number, status: MachineStatus): MachineNow => ({
  view: machineView({ id }),
  status,
});
const lab = [
  machine(1, 'free'),
  machine(2, 'offline'),
  machine(3, 'in-use'),
  machine(4, 'blocked'),
  machine(5, 'in-use'),
  machine(6, 'maintenance'),
];
const ids = (only: MachineStatus | null) =>
  groupMachines(lab, only).map(({ key, machines }) => [key, machines.map(({ view }) => view.id)]);

test('in use first, then what needs someone, then free; each in the order of the lab', () => {
  expect(ids(null)).toEqual([
    ['in_use', [3, 5]],
    ['needs_someone', [2, 4, 6]],
    ['free', [1]],
  ]);
});

test('a chosen status leaves its machines and no empty group', () => {
  expect(ids('blocked')).toEqual([['needs_someone', [4]]]);
  expect(groupMachines([machine(1, 'free')], 'offline')).toEqual([]);
});

test('[11] every status is counted, those without machines with 0, and each machine once', () => {
  const counts = Object.values(countByStatus(lab));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(lab.length);
  expect(countByStatus(lab.slice(0, 3))).toEqual({
    'in-use': 1,
    blocked: 0,
    maintenance: 0,
    offline: 1,
    free: 1,
  });
});
