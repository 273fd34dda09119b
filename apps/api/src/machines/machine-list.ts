import { type Page, sortOf } from '@fabomatic/kernel';
import {
  isOnline,
  type MachineListQuery,
  machineStatus,
  type MachineView,
} from '@fabomatic/machines';
import { duePlans } from '@fabomatic/maintenance';
import type { LabService, MachineRecord } from '../lab/lab.service';
import { machineView } from './machine-view';

/** A text of any letter case, and 'Printer 9' before 'Printer 10'. */
const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

type SortValue = string | number | null;

/** One page of the machines in memory: the same facts that boards are answered with. */
export function listMachines(
  lab: LabService,
  query: MachineListQuery,
  nowS: number,
): Page<MachineView> {
  const { page, pageSize } = query;
  const found = [...lab.machines()].filter((machine) => isWanted(machine, query, nowS));
  found.sort(inOrder(query.sort));
  const items = found.slice((page - 1) * pageSize, page * pageSize);
  return {
    items: items.map((machine) => machineView(machine, lab)),
    total: found.length,
    page,
    pageSize,
  };
}

function isWanted(machine: MachineRecord, query: MachineListQuery, nowS: number): boolean {
  const { typeId, blocked, online } = query;
  const isDue = duePlans(machine.plans).length > 0;
  if (query.q !== undefined && !holds(machine, query.q)) return false;
  if (typeId !== undefined && machine.type?.id !== typeId) return false;
  if (blocked !== undefined && machine.blocked !== blocked) return false;
  if (online !== undefined && isOnline(machine.lastSeenAtS, nowS) !== online) return false;
  if (query.maintenance !== undefined && isDue !== (query.maintenance === 'due')) return false;
  if (query.status === undefined) return true;
  const { blocked: isBlocked, lastSeenAtS, session } = machine;
  const facts = { blocked: isBlocked, lastSeenAtS, maintenanceDue: isDue };
  return machineStatus({ ...facts, inUse: session.open !== null }, nowS) === query.status;
}

/** Is the text somewhere in what people know the machine by? */
function holds({ id, name, type, blockedReason }: MachineRecord, text: string): boolean {
  const wanted = text.toLowerCase();
  return [name, type?.name, blockedReason, String(id)].some(
    (part) => part?.toLowerCase().includes(wanted) ?? false,
  );
}

/** Empty values come last either way, and equal ones by id. */
function inOrder(sort: MachineListQuery['sort']): (a: MachineRecord, b: MachineRecord) => number {
  const { name, isFalling } = sortOf(sort);
  const values: Record<typeof name, (machine: MachineRecord) => SortValue> = {
    name: (machine) => machine.name,
    hours: (machine) => machine.hoursS,
    lastSeen: (machine) => machine.lastSeenAtS,
    type: (machine) => machine.type?.name ?? null,
    id: (machine) => machine.id,
  };
  const way = isFalling ? -1 : 1;
  return (a, b) => {
    const [left, right] = [values[name](a), values[name](b)];
    if (left === null || right === null) return compareEmpty(left, right) || way * (a.id - b.id);
    return way * (compare(left, right) || a.id - b.id);
  };
}

function compareEmpty(left: SortValue, right: SortValue): number {
  return Number(left === null) - Number(right === null);
}

function compare(left: string | number, right: string | number): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return collator.compare(String(left), String(right));
}
