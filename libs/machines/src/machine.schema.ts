import { IsoTime } from '@fabomatic/kernel';
import * as z from 'zod';

/** The use that is going on at a machine. `memberName` is the first name only; null: unknown card. */
export const CurrentUseView = z.object({
  useId: z.number().int(),
  memberId: z.number().int().nullable(),
  memberName: z.string().nullable(),
  startedAt: IsoTime,
  /** The start was told later by the board, so its time is an estimate. */
  estimated: z.boolean(),
});
export type CurrentUseView = z.infer<typeof CurrentUseView>;

/** The plan of a machine that is due, or that is due next. Durations in seconds of use. */
export const NearestPlanView = z.object({
  planId: z.number().int(),
  description: z.string(),
  elapsedS: z.number().min(0),
  intervalS: z.number().positive(),
  isDue: z.boolean(),
});
export type NearestPlanView = z.infer<typeof NearestPlanView>;

/**
 * A machine as the REST API and the live stream tell it. Its status is not in it: it depends on
 * the time as well, and `machineStatus` derives it from these facts on both sides.
 */
export const MachineView = z.object({
  id: z.number().int().positive(),
  name: z.string(),
  typeId: z.number().int().nullable(),
  typeName: z.string().nullable(),
  /** Seconds that the machine has run, for ever. */
  hoursS: z.number().min(0),
  blocked: z.boolean(),
  blockedReason: z.string().nullable(),
  blockedByName: z.string().nullable(),
  blockedAt: IsoTime.nullable(),
  lastSeenAt: IsoTime.nullable(),
  currentUse: CurrentUseView.nullable(),
  /** End of the last use; null when there was none. */
  lastUsedAt: IsoTime.nullable(),
  nearestPlan: NearestPlanView.nullable(),
  /** How many of its maintenance plans are due. */
  duePlans: z.number().int().min(0),
});
export type MachineView = z.infer<typeof MachineView>;
