import { IsoTime } from '@fabomatic/kernel';
import * as z from 'zod';

/** One use of one machine by one member. Times ISO 8601 UTC, `durationS` in seconds. */
export const UseView = z.object({
  id: z.number().int(),
  machineId: z.number().int(),
  machineName: z.string(),
  /** null: the card of the one who used it belongs to nobody, or the member was made anonymous. */
  memberId: z.number().int().nullable(),
  /** First and last name. */
  memberName: z.string().nullable(),
  startedAt: IsoTime,
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
});
export type UseView = z.infer<typeof UseView>;
