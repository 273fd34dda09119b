import { IsoTime, listQuery, QueryId, QueryTime } from '@fabomatic/kernel';
import * as z from 'zod';
import { ACTOR_KINDS, AUDIT_ACTIONS, AUDIT_SUBJECTS } from './audit-codes';

/** A list counts and pages this far; older entries are found by narrowing it, and are in the export. */
const AUDIT_LISTED_AT_MOST = 10_000;

/** A search is told of fewer: each name in it is looked up by itself. */
const FOUND_AT_MOST = 1000;

/** How far a list of the trail is counted and paged. */
export function auditListedAtMost(isSearch: boolean): number {
  return isSearch ? FOUND_AT_MOST : AUDIT_LISTED_AT_MOST;
}

/** So many changed fields stand in the list; all of them in the entry itself. */
export const AUDIT_FIELDS_IN_LIST = 3;

export const AUDIT_SORTS = ['at'] as const;

/**
 * `GET /api/v1/audit`, newest first. `q` looks for names of members, machines, types, roles, plans
 * and keys that were changed or that changed something, and for a correlation id.
 */
export const AuditListQuery = listQuery(AUDIT_SORTS, '-at', {
  actorKind: z.enum(ACTOR_KINDS).optional(),
  actorId: QueryId.optional(),
  action: z.enum(AUDIT_ACTIONS).optional(),
  subject: z.enum(AUDIT_SUBJECTS).optional(),
  subjectId: QueryId.optional(),
  from: QueryTime.optional(),
  to: QueryTime.optional(),
});
export type AuditListQuery = z.infer<typeof AuditListQuery>;

const Value = z.union([z.string(), z.number(), z.boolean()]).nullable();

export const AuditEntryView = z.object({
  id: z.number().int().positive(),
  at: IsoTime,
  actorKind: z.enum(ACTOR_KINDS),
  actorId: z.number().int().nullable(),
  /** null: it was erased with a member. */
  actorName: z.string().nullable(),
  /** Codes of `AUDITED`, or of a newer version. */
  action: z.string(),
  subject: z.string(),
  subjectId: z.number().int().nullable(),
  subjectName: z.string().nullable(),
  ip: z.string().nullable(),
  correlationId: z.string().nullable(),
  /** Names, address and fields were erased with a member; that there was an entry stays. */
  isErased: z.boolean(),
  /** Before and after, never with a secret: in a list the first {@link AUDIT_FIELDS_IN_LIST}. */
  fields: z.array(z.object({ field: z.string(), before: Value, after: Value })),
  fieldCount: z.number().int().min(0),
});
export type AuditEntryView = z.infer<typeof AuditEntryView>;

/** How a chain can be broken at an entry. */
export const AUDIT_BREAKS = [
  /** What stands in it is not what was sealed. */
  'changed',
  /** It does not follow the entry before it: one was taken out, put in or moved. */
  'out-of-order',
  /** The newest entries were cut off: this one is the first that is missing. */
  'cut-off',
] as const;
export type AuditBreak = (typeof AUDIT_BREAKS)[number];

/** `GET` and `POST /api/v1/audit/verification` */
export const AuditVerificationView = z.object({
  /** `never`: not since the program started. */
  state: z.enum(['never', 'running', 'holds', 'broken', 'failed']),
  startedAt: IsoTime.nullable(),
  endedAt: IsoTime.nullable(),
  /** Entries that were checked so far, of how many. */
  checked: z.number().int().min(0),
  total: z.number().int().min(0),
  /** The first entry that is wrong. */
  brokenAt: z.number().int().nullable(),
  how: z.enum(AUDIT_BREAKS).nullable(),
});
export type AuditVerificationView = z.infer<typeof AuditVerificationView>;
