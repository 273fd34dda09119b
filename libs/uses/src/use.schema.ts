import { IsoTime, Versioned } from '@fabomatic/kernel';
import * as z from 'zod';
import { USE_CLOSED_BY, USE_SOURCES } from './use';

/** One use of one machine by one member. Times ISO 8601 UTC, `durationS` in seconds. */
export const UseView = z.object({
  id: z.number().int(),
  machineId: z.number().int(),
  machineName: z.string(),
  /** null: the card of the one who used it belongs to nobody, or the member was made anonymous. */
  memberId: z.number().int().nullable(),
  /** First and last name. */
  memberName: z.string().nullable(),
  /** The member is among those who were deleted. */
  memberDeleted: z.boolean(),
  startedAt: IsoTime,
  /** When the board (or whoever wrote it down) last confirmed it. */
  lastSeenAt: IsoTime,
  /** null while the machine is in use. */
  endedAt: IsoTime.nullable(),
  durationS: z.number().min(0).nullable(),
  /** The board told it later than it happened. */
  replayed: z.boolean(),
  /** Start, end or both are not known exactly. */
  estimated: z.boolean(),
  /** false: the board let in somebody who was not authorised. */
  authorized: z.boolean(),
  /** Who wrote it: a board, a person by hand, or an import. */
  source: z.enum(USE_SOURCES),
  /** What ended it; null while it is open. */
  closedBy: z.enum(USE_CLOSED_BY).nullable(),
  /** Of an open use: when its board was last heard; it can be closed by hand once that is long ago. */
  boardSeenAt: IsoTime.nullable(),
  version: z.number().int(),
});
export type UseView = z.infer<typeof UseView>;

const reason = z.string().trim().min(3).max(200);

/** `POST /api/v1/uses`: a use that no board told of. More than a day has to be confirmed. */
export const UseCreate = z.strictObject({
  machineId: z.number().int().positive(),
  memberId: z.number().int().positive(),
  startedAt: IsoTime,
  endedAt: IsoTime,
  confirmLong: z.boolean().default(false),
});
export type UseCreate = z.infer<typeof UseCreate>;

/** `PATCH /api/v1/uses/:id`: what is left out stays. The reason goes into the audit trail. */
export const UseCorrection = z.strictObject({
  ...Versioned.shape,
  startedAt: IsoTime.optional(),
  endedAt: IsoTime.optional(),
  memberId: z.number().int().positive().optional(),
  confirmLong: z.boolean().default(false),
  reason,
});
export type UseCorrection = z.infer<typeof UseCorrection>;

/** `DELETE /api/v1/uses/:id`: do the machine's hours lose what the use counted? */
export const UseRemoval = z.strictObject({
  hours: z.enum(['keep', 'subtract']).default('subtract'),
});
export type UseRemoval = z.infer<typeof UseRemoval>;
