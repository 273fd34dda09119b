import {
  DASHBOARD_EVENTS,
  type DashboardView,
  type LiveMessage,
  type MachineView,
} from '@fabomatic/machines';

/** The lab as it stands after a message. Without a snapshot nothing else can be understood. */
export function applyLiveMessage(
  view: DashboardView | null,
  message: LiveMessage,
): DashboardView | null {
  if (message.type === 'snapshot') return message.data;
  if (view === null) return null;
  switch (message.type) {
    case 'machine': {
      const { machine, ...rest } = message.data;
      return { ...view, ...rest, machines: withMachine(view.machines, machine) };
    }
    case 'machine-removed':
      return { ...view, machines: view.machines.filter(({ id }) => id !== message.data.id) };
    case 'event':
      return {
        ...view,
        events: [message.data, ...view.events.filter(({ id }) => id !== message.data.id)].slice(
          0,
          DASHBOARD_EVENTS,
        ),
      };
    case 'broker':
      return { ...view, broker: message.data };
    case 'command':
      return view;
  }
}

function withMachine(machines: readonly MachineView[], changed: MachineView): MachineView[] {
  const known = machines.some(({ id }) => id === changed.id);
  return known
    ? machines.map((machine) => (machine.id === changed.id ? changed : machine))
    : [...machines, changed].sort((a, b) => a.id - b.id);
}

/** True when a reader would see it; a heartbeat only moves `lastSeenAt` and the counters. */
export function isVisibleChange(before: MachineView | undefined, after: MachineView): boolean {
  return (
    before === undefined ||
    before.name !== after.name ||
    before.blocked !== after.blocked ||
    before.blockedReason !== after.blockedReason ||
    before.currentUse?.useId !== after.currentUse?.useId ||
    before.duePlans !== after.duePlans
  );
}
