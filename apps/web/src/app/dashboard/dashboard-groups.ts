import type { MachineStatus } from '@fabomatic/machines';
import type { MachineNow } from '../machines/machines-store';

/** Order of the counts on top of the page: what people look for first. */
export const COUNT_ORDER = ['in-use', 'free', 'maintenance', 'blocked', 'offline'] as const;

export interface DashboardGroup {
  key: 'in_use' | 'needs_someone' | 'free';
  machines: MachineNow[];
}

const GROUP_OF: Record<MachineStatus, DashboardGroup['key']> = {
  'in-use': 'in_use',
  maintenance: 'needs_someone',
  blocked: 'needs_someone',
  offline: 'needs_someone',
  free: 'free',
};

/** The groups that have machines, in reading order; within one the lab's own order (by id). */
export function groupMachines(
  machines: readonly MachineNow[],
  only: MachineStatus | null,
): DashboardGroup[] {
  const shown = only === null ? machines : machines.filter(({ status }) => status === only);
  return (['in_use', 'needs_someone', 'free'] as const)
    .map((key) => ({ key, machines: shown.filter(({ status }) => GROUP_OF[status] === key) }))
    .filter((group) => group.machines.length > 0);
}

/** How many machines have each status; 0 for those that none has. */
export function countByStatus(machines: readonly MachineNow[]): Record<MachineStatus, number> {
  const counts = { 'in-use': 0, blocked: 0, maintenance: 0, offline: 0, free: 0 };
  for (const { status } of machines) counts[status] += 1;
  return counts;
}
