import { assertNever } from '@fabomatic/kernel';
import type {
  MachineStatus,
  PublicLabView,
  PublicMachineView,
  PublicMessage,
} from '@fabomatic/machines';

/** The lab as it stands after a message. Without a snapshot nothing else can be understood. */
export function applyPublicMessage(
  view: PublicLabView | null,
  message: PublicMessage,
): PublicLabView | null {
  if (message.type === 'snapshot') return message.data;
  if (view === null) return null;
  switch (message.type) {
    case 'machine':
      return { ...view, machines: withMachine(view.machines, message.data.machine) };
    case 'broker':
      return { ...view, broker: message.data };
    default:
      return assertNever(message);
  }
}

function withMachine(
  machines: readonly PublicMachineView[],
  changed: PublicMachineView,
): PublicMachineView[] {
  const known = machines.some(({ id }) => id === changed.id);
  return known
    ? machines.map((machine) => (machine.id === changed.id ? changed : machine))
    : [...machines, changed].sort((a, b) => a.id - b.id);
}

/** Order of the counts: what people look for first. */
export const COUNT_ORDER = ['in-use', 'free', 'maintenance', 'blocked', 'offline'] as const;

/** How many machines have each status; together they are all machines. */
export function countStatuses(
  machines: readonly { status: MachineStatus }[],
): { status: MachineStatus; count: number }[] {
  return COUNT_ORDER.map((status) => ({
    status,
    count: machines.filter((machine) => machine.status === status).length,
  }));
}

/** How the screen on the wall is divided: big tiles for few machines, up to 40 at once. */
export interface TvGrid {
  columns: number;
  rows: number;
  /** How much a tile has room for. */
  size: 'large' | 'medium' | 'compact' | 'small';
}

/** The most machines on one page of the screen; beyond that pages take turns. */
export const MAX_ON_SCREEN = 40;

/** Worked rows: 3 -> 3 × 1 large; 10 -> 5 × 2 large; 18 -> 5 × 4 compact; 40 -> 8 × 5 small. */
export function tvGrid(machines: number): TvGrid {
  const grid = (columns: number, size: TvGrid['size']) => ({
    columns,
    rows: Math.max(1, Math.ceil(machines / columns)),
    size,
  });
  if (machines <= 10)
    return grid(Math.max(2, machines <= 5 ? machines : Math.ceil(machines / 2)), 'large');
  if (machines <= 15) return grid(5, 'medium');
  if (machines <= 20) return grid(5, 'compact');
  return grid(machines <= 28 ? 7 : 8, 'small');
}

/** For small tiles: 4980 -> '1:23' */
export function hoursAndMinutes(seconds: number): string {
  const minutes = Math.max(0, Math.floor(seconds / 60));
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
