import type { MachineView } from '@fabomatic/machines';

/** A free machine, heard at 12:00:00; for specs. */
export function machineView(change: Partial<MachineView> = {}): MachineView {
  return {
    id: 1,
    name: 'Laser 1',
    typeId: 1,
    typeName: 'Laser cutter',
    hoursS: 3600,
    blocked: false,
    blockedReason: null,
    blockedByName: null,
    blockedAt: null,
    lastSeenAt: '2026-11-24T12:00:00.000Z',
    currentUse: null,
    lastUsedAt: null,
    nearestPlan: null,
    duePlans: 0,
    version: 1,
    ...change,
  };
}
