import type { DashboardView, LabEvent, LiveMessage, MachineView } from '@fabomatic/machines';
import { applyLiveMessage } from './live-view';

const serverTime = '2026-11-24T14:42:00.000Z';
const today = { uses: 1, durationS: 60 };
const laser = { id: 1, name: 'Laser', hoursS: 10 } as MachineView;
const saw = { id: 2, name: 'Saw', hoursS: 20 } as MachineView;
const view: DashboardView = {
  serverTime,
  lab: { name: 'FabLab', timezone: 'Europe/Rome' },
  broker: { connected: true, since: serverTime },
  today,
  machines: [laser, saw],
  events: [],
  dueNext: [],
};
const machine = (changed: MachineView): LiveMessage => ({
  type: 'machine',
  data: { machine: changed, today, dueNext: [], serverTime },
});

test('a snapshot is the whole state', () => {
  expect(applyLiveMessage(null, { type: 'snapshot', data: view })).toBe(view);
});

test('a change replaces one machine and keeps the places of the others', () => {
  const after = applyLiveMessage(view, machine({ ...laser, hoursS: 11 }));
  expect(after?.machines.map(({ id, hoursS }) => [id, hoursS])).toEqual([
    [1, 11],
    [2, 20],
  ]);
});

test('a new machine takes its place by id, a removed one goes', () => {
  const without = applyLiveMessage(view, { type: 'machine-removed', data: { id: 1 } });
  expect(without?.machines).toEqual([saw]);
  expect(applyLiveMessage(without, machine(laser))?.machines).toEqual([laser, saw]);
});

test('the newest event comes first, and none twice', () => {
  const event = { id: 7, at: serverTime } as LabEvent;
  const once = applyLiveMessage(view, { type: 'event', data: event });
  expect(applyLiveMessage(once, { type: 'event', data: event })?.events).toEqual([event]);
});

test('without a snapshot nothing else can be understood', () => {
  expect(applyLiveMessage(null, machine(laser))).toBeNull();
});
