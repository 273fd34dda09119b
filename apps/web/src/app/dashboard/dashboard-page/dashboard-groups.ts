import type { MachineStatus, MachineView } from '@fabomatic/machines';

export interface DashboardGroup {
  /** A key of `dashboard.*`. */
  label: 'in_use' | 'needs_someone' | 'free';
  statuses: readonly MachineStatus[];
  machines: MachineView[];
}

const GROUPS: readonly Omit<DashboardGroup, 'machines'>[] = [
  { label: 'in_use', statuses: ['in-use'] },
  { label: 'needs_someone', statuses: ['maintenance', 'blocked', 'offline'] },
  { label: 'free', statuses: ['free'] },
];

/** The machines in the order in which somebody at the counter looks: used, in need, free. */
export function dashboardGroups(
  machines: readonly MachineView[],
  statusOf: (machine: MachineView) => MachineStatus,
  only: MachineStatus | null,
): DashboardGroup[] {
  return GROUPS.map((group) => ({
    ...group,
    machines: machines.filter((machine) => {
      const status = statusOf(machine);
      return group.statuses.includes(status) && (only === null || status === only);
    }),
  })).filter((group) => group.machines.length > 0);
}

/** How many machines are in each status; the five add up to all of them. */
export function statusCounts(
  machines: readonly MachineView[],
  statusOf: (machine: MachineView) => MachineStatus,
): Record<MachineStatus, number> {
  const counts = { 'in-use': 0, blocked: 0, maintenance: 0, offline: 0, free: 0 };
  for (const machine of machines) counts[statusOf(machine)]++;
  return counts;
}
