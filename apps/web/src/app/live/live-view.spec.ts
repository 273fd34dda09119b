import { DASHBOARD_EVENTS, type DashboardView, type LabEvent } from '@fabomatic/machines';
import { machineView } from '../machines/machine-view.fixture';
import { applyLiveMessage, isVisibleChange } from './live-view';

const event = (id: number): LabEvent => ({
  id,
  at: '2026-11-24T12:00:00.000Z',
  kind: 'use-started',
  machineId: 1,
  machineName: 'Laser 1',
  memberId: 1,
  memberName: 'Marta Colombo',
  cardUid: null,
  cardEnding: null,
  reason: null,
  durationS: null,
  planDescription: null,
});
const lab: DashboardView = {
  serverTime: '2026-11-24T12:00:00.000Z',
  lab: { name: 'Lab', timezone: 'Europe/Rome' },
  broker: { connected: true, since: '2026-11-24T08:00:00.000Z' },
  hasTv: false,
  today: { uses: 1, durationS: 60 },
  machines: [machineView({ id: 1 }), machineView({ id: 3 })],
  events: [event(1)],
  dueNext: [],
};
const changed = (id: number) => ({
  type: 'machine' as const,
  data: {
    machine: machineView({ id, name: 'New' }),
    today: { uses: 2, durationS: 60 },
    dueNext: [],
    serverTime: '2026-11-24T12:00:05.000Z',
  },
});
const names = (view: DashboardView | null) => view?.machines.map(({ id, name }) => [id, name]);

test('a machine that changed is replaced in its place, and brings the totals', () => {
  const view = applyLiveMessage(lab, changed(1));
  expect(names(view)).toEqual([
    [1, 'New'],
    [3, 'Laser 1'],
  ]);
  expect(view?.today.uses).toBe(2);
  expect(view?.machines[1]).toBe(lab.machines[1]);
});

test('a new machine comes in by id, a removed one goes', () => {
  expect(names(applyLiveMessage(lab, changed(2)))?.map(([id]) => id)).toEqual([1, 2, 3]);
  const view = applyLiveMessage(lab, { type: 'machine-removed', data: { id: 1 } });
  expect(names(view)).toEqual([[3, 'Laser 1']]);
});

test('events come first, once, and never more than the page shows', () => {
  let view: DashboardView | null = lab;
  for (let id = 2; id <= DASHBOARD_EVENTS + 5; id += 1)
    view = applyLiveMessage(view, { type: 'event', data: event(id) });
  expect(view?.events).toHaveLength(DASHBOARD_EVENTS);
  expect(view?.events[0]?.id).toBe(DASHBOARD_EVENTS + 5);
  const again = applyLiveMessage(lab, { type: 'event', data: event(1) });
  expect(again?.events).toHaveLength(1);
});

test('changes before the first snapshot are not understood', () => {
  expect(applyLiveMessage(null, changed(1))).toBeNull();
});

test('a heartbeat is no visible change, a card is', () => {
  const before = machineView();
  expect(isVisibleChange(before, machineView({ lastSeenAt: null, hoursS: 9 }))).toBe(false);
  expect(isVisibleChange(before, machineView({ blocked: true }))).toBe(true);
  expect(isVisibleChange(undefined, before)).toBe(true);
});
