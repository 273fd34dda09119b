import type { CalendarDay } from '@fabomatic/kernel';
import {
  machineOfTarget,
  MEMBER_LANGUAGES,
  type MemberImportField,
  type MemberImportTarget,
  type MemberLanguage,
  readDay,
  readTick,
} from '@fabomatic/members';
import { LANGUAGES } from '@fabomatic/i18n';
import type { LabFacts } from './lab-facts';
import type { TableRow } from './table';

/** What the cells of a row say; null: nothing. */
export interface RowValues {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly card: string | null;
  readonly roleId: number | null;
  readonly language: MemberLanguage | null;
  readonly weeklySummary: boolean | null;
  readonly consentAt: CalendarDay | null;
  readonly membershipEndsOn: CalendarDay | null;
  readonly machineIds: readonly number[];
}

/** Tells what is wrong with a cell, by its column. */
export type TellCell = (column: number, code: string) => void;

const BETWEEN_MACHINES = /[,;\n]/;

/** Reads a row by the meanings of its columns; what cannot be understood is told. */
export function readCells(
  { cells }: TableRow,
  targets: readonly (MemberImportTarget | null)[],
  facts: Pick<LabFacts, 'roles' | 'machines'>,
  tell: TellCell,
): RowValues {
  const columnOf = (field: MemberImportField) => targets.indexOf(field);
  const text = (field: MemberImportField) => cells[columnOf(field)] || null;
  const language = languageOf(text('language'));
  if (language === undefined) tell(columnOf('language'), 'member_import.language_unknown');
  const weekly = text('weeklySummary');
  const weeklySummary = weekly === null ? null : readTick(weekly);
  if (weekly !== null && weeklySummary === null) {
    tell(columnOf('weeklySummary'), 'member_import.tick_unclear');
  }
  const day = (field: MemberImportField) => {
    const said = text(field);
    const read = said === null ? null : readDay(said);
    if (said !== null && read === null) tell(columnOf(field), 'member_import.day_unclear');
    return read;
  };
  return {
    ...namesOf(text('firstName'), text('lastName'), text('fullName')),
    email: text('email'),
    card: text('card'),
    roleId: roleOf(text('role'), facts, () => tell(columnOf('role'), 'member_import.role_unknown')),
    language: language ?? null,
    weeklySummary,
    consentAt: day('consentAt'),
    membershipEndsOn: day('membershipEndsOn'),
    machineIds: [
      ...listedMachines(text('machines'), facts, () =>
        tell(columnOf('machines'), 'member_import.machine_unknown'),
      ),
      ...tickedMachines(cells, targets, tell),
    ],
  };
}

/** 'Ada King Lovelace' -> 'Ada King', 'Lovelace'; 'Lovelace, Ada' -> 'Ada', 'Lovelace' */
function namesOf(first: string | null, last: string | null, full: string | null) {
  if (full === null || (first !== null && last !== null)) {
    return { firstName: first, lastName: last };
  }
  const [behind = '', before] = full.split(',', 2);
  if (before !== undefined) return { firstName: before.trim() || null, lastName: behind.trim() };
  const words = full.split(/\s+/);
  if (words.length === 1) return { firstName: full, lastName: last };
  return { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) ?? null };
}

function roleOf(
  name: string | null,
  { roles }: Pick<LabFacts, 'roles'>,
  tell: () => void,
): number | null {
  if (name === null) return null;
  const found = roles.find((role) => isSame(role.name, name));
  if (found === undefined) tell();
  return found?.id ?? null;
}

/** undefined: no language that there is. */
function languageOf(text: string | null): MemberLanguage | null | undefined {
  if (text === null) return null;
  const named = LANGUAGES.find(({ code, name }) => isSame(code, text) || isSame(name, text));
  return MEMBER_LANGUAGES.find((code) => code === named?.code);
}

function listedMachines(
  text: string | null,
  { machines }: Pick<LabFacts, 'machines'>,
  tell: () => void,
): number[] {
  if (text === null) return [];
  const byName = (name: string) => machines.find((machine) => isSame(machine.name, name));
  // A name may hold a comma itself.
  const whole = byName(text);
  if (whole) return [whole.id];
  const names = text.split(BETWEEN_MACHINES).map((name) => name.trim());
  const found = names.filter((name) => name !== '').map(byName);
  if (found.includes(undefined)) tell();
  return found.flatMap((machine) => machine?.id ?? []);
}

function tickedMachines(
  cells: readonly string[],
  targets: readonly (MemberImportTarget | null)[],
  tell: TellCell,
): number[] {
  return targets.flatMap((target, column) => {
    const machineId = machineOfTarget(target);
    if (machineId === null) return [];
    const tick = readTick(cells[column] ?? '');
    if (tick === null) tell(column, 'member_import.tick_unclear');
    return tick === true ? [machineId] : [];
  });
}

function isSame(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
