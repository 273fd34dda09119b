import { fromIso } from '@fabomatic/kernel';
import { type MachineStatus, ONLINE_WINDOW_S } from './machine';
import type { MachineView } from './machine.schema';

/** The facts that decide a machine's status. Times are epoch seconds. */
export interface MachineFacts {
  inUse: boolean;
  blocked: boolean;
  maintenanceDue: boolean;
  /** Last message of the machine's board; null when it never spoke. */
  lastSeenAtS: number | null;
}

/**
 * The one status rule, used by boards' page, dashboard and mails alike: in use, blocked,
 * maintenance, offline, free; the first that holds wins. A machine of which nothing was heard for
 * {@link ONLINE_WINDOW_S} is offline, which is why the time is an argument.
 */
export function machineStatus(facts: MachineFacts, nowS: number): MachineStatus {
  if (facts.inUse) return 'in-use';
  if (facts.blocked) return 'blocked';
  if (facts.maintenanceDue) return 'maintenance';
  if (!isOnline(facts.lastSeenAtS, nowS)) return 'offline';
  return 'free';
}

/** True when a board was heard within {@link ONLINE_WINDOW_S}. */
export function isOnline(lastSeenAtS: number | null, nowS: number): boolean {
  return lastSeenAtS !== null && nowS - lastSeenAtS < ONLINE_WINDOW_S;
}

/** A machine's view -> its status now: for lists and pages, which have nothing else. */
export function statusOfView(view: MachineView, nowS: number): MachineStatus {
  return machineStatus(
    {
      inUse: view.currentUse !== null,
      blocked: view.blocked,
      maintenanceDue: view.duePlans > 0,
      lastSeenAtS: view.lastSeenAt === null ? null : fromIso(view.lastSeenAt),
    },
    nowS,
  );
}
