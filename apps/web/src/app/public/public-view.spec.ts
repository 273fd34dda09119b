import type { PublicLabView, PublicMachineView } from '@fabomatic/machines';
import { MACHINE_STATUSES } from '@fabomatic/machines';
import {
  applyPublicMessage,
  countStatuses,
  hoursAndMinutes,
  MAX_ON_SCREEN,
  tvGrid,
} from './public-view';

const machine = (id: number, name = `M${id}`): PublicMachineView => ({
  id,
  name,
  use: null,
  blocked: false,
  blockedAt: null,
  blockedReason: null,
  duePlans: 0,
  duePlan: null,
  overS: null,
  lastSeenAt: null,
});
const serverTime = '2026-11-24T12:00:00.000Z';
const view: PublicLabView = {
  serverTime,
  lab: { name: 'Lago', timezone: 'Europe/Rome', language: 'it' },
  pages: { status: true, tv: true },
  broker: { connected: true, since: serverTime },
  machines: [machine(1), machine(3)],
};
const told = (changed: PublicMachineView) =>
  applyPublicMessage(view, { type: 'machine', data: { machine: changed, serverTime } });

test('a machine keeps its place; a new one gets its own', () => {
  expect(told(machine(1, 'Laser'))?.machines.map(({ name }) => name)).toEqual(['Laser', 'M3']);
  expect(told(machine(2))?.machines.map(({ id }) => id)).toEqual([1, 2, 3]);
});

test('without a snapshot nothing is understood', () => {
  expect(
    applyPublicMessage(null, { type: 'broker', data: { connected: true, since: serverTime } }),
  ).toBeNull();
});

test('[11] the counts add up to the number of machines', () => {
  const machines = [...MACHINE_STATUSES, ...MACHINE_STATUSES, 'free' as const].map((status) => ({
    status,
  }));
  const counts = countStatuses(machines);
  expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(machines.length);
  expect(counts.find(({ status }) => status === 'free')?.count).toBe(3);
});

test('every number of machines has room on the screen', () => {
  for (let machines = 0; machines <= MAX_ON_SCREEN; machines++) {
    const { columns, rows } = tvGrid(machines);
    expect([machines, columns * rows >= machines]).toEqual([machines, true]);
    expect(columns).toBeLessThanOrEqual(8);
    expect(rows).toBeLessThanOrEqual(5);
  }
});

test.each([
  [0, '0:00'],
  [4980, '1:23'],
  [100 * 3600, '100:00'],
])('%d s are %s', (seconds, text) => {
  expect(hoursAndMinutes(seconds)).toBe(text);
});
