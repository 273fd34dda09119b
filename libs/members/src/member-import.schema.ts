import { CalendarDay } from '@fabomatic/kernel';
import * as z from 'zod';

export const MAX_MEMBER_IMPORT_BYTES = 5 * 1024 * 1024;
export const MAX_MEMBER_IMPORT_ROWS = 10_000;
export const MAX_MEMBER_IMPORT_COLUMNS = 200;
/** Of both, so many are shown; the figures count all. */
export const MAX_SHOWN_ROWS = 100;
export const MAX_SHOWN_PROBLEMS = 200;

/**
 * What a column of a table may mean. `fullName`: first and last name in one cell; `machines`: names of
 * machines that the member may use; `machine:7`: a tick for one machine.
 */
export const MEMBER_IMPORT_FIELDS = [
  'firstName',
  'lastName',
  'fullName',
  'email',
  'card',
  'role',
  'language',
  'weeklySummary',
  'consentAt',
  'membershipEndsOn',
  'machines',
] as const;
export type MemberImportField = (typeof MEMBER_IMPORT_FIELDS)[number];

const MACHINE_COLUMN = /^machine:(\d{1,10})$/;

/** A column that is not read is null. */
export const MemberImportTarget = z.union([
  z.enum(MEMBER_IMPORT_FIELDS),
  z.string().regex(MACHINE_COLUMN),
]);
export type MemberImportTarget = z.infer<typeof MemberImportTarget>;

export function machineTarget(machineId: number): MemberImportTarget {
  return `machine:${machineId}`;
}

/** The machine of a column of ticks; null for any other column. */
export function machineOfTarget(target: MemberImportTarget | null): number | null {
  const [, id] = MACHINE_COLUMN.exec(target ?? '') ?? [];
  return id === undefined ? null : Number(id);
}

/** How a table is to be read, and what becomes of members that the lab has already. */
export const MemberImportPlan = z.strictObject({
  /** By the table's columns; null: as the headings propose. */
  columns: z.array(MemberImportTarget.nullable()).max(MAX_MEMBER_IMPORT_COLUMNS).nullable(),
  /** Known by e-mail or card, and by the name where a row has neither. */
  existing: z.enum(['skip', 'update']).default('skip'),
  /** Of new members whose row names no role. */
  roleId: z.number().int().positive().max(2_147_483_647).nullable().default(null),
});
export type MemberImportPlan = z.infer<typeof MemberImportPlan>;

/** The fields of the form: `file` is the table, and `plan` a {@link MemberImportPlan} as JSON. */
export const MemberImportForm = z.strictObject({ plan: z.string().min(2).max(20_000) });
export type MemberImportForm = z.infer<typeof MemberImportForm>;

export const MEMBER_IMPORT_ACTIONS = ['create', 'update', 'skip', 'wrong'] as const;
export type MemberImportAction = (typeof MEMBER_IMPORT_ACTIONS)[number];

/** Something that stands in the way: nothing is imported before it is mended. */
export const MemberImportProblem = z.object({
  /** Of the file, as an editor counts: the heading is line 1. */
  line: z.number().int(),
  /** The column, from 0; null: the row as a whole. */
  column: z.number().int().nullable(),
  value: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type MemberImportProblem = z.infer<typeof MemberImportProblem>;

export const MemberImportPreview = z.object({
  columns: z.array(
    z.object({
      heading: z.string(),
      target: MemberImportTarget.nullable(),
      /** Of the first rows. */
      samples: z.array(z.string()),
    }),
  ),
  /** How many rows come to what. */
  counts: z.object({
    create: z.number().int(),
    update: z.number().int(),
    skip: z.number().int(),
    wrong: z.number().int(),
    authorizations: z.number().int(),
  }),
  /** The first rows. */
  rows: z.array(
    z.object({
      line: z.number().int(),
      action: z.enum(MEMBER_IMPORT_ACTIONS),
      name: z.string(),
      email: z.string(),
      card: z.string(),
      /** What the row says; null: nothing. */
      consentAt: CalendarDay.nullable(),
      membershipEndsOn: CalendarDay.nullable(),
      /** Names of machines that the member may use from then on. */
      machines: z.array(z.string()),
    }),
  ),
  /** The first problems, by line. */
  problems: z.array(MemberImportProblem),
  problemCount: z.number().int(),
});
export type MemberImportPreview = z.infer<typeof MemberImportPreview>;

export const MemberImportResult = z.object({
  created: z.number().int(),
  updated: z.number().int(),
  skipped: z.number().int(),
  authorizations: z.number().int(),
});
export type MemberImportResult = z.infer<typeof MemberImportResult>;
