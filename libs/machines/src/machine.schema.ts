import {
  IsoTime,
  listQuery,
  QueryFlag,
  QueryId,
  SECONDS_PER_HOUR,
  Versioned,
} from '@fabomatic/kernel';
import * as z from 'zod';
import { MACHINE_STATUSES } from './machine';
import type { MachineErrorCode } from './machine-errors';

/** The longest name that a page can show in full. A board shows 14 characters of it. */
const MAX_NAME = 60;
const MAX_BLOCKED_REASON = 200;
/** More hours than a machine can run: a million, a century and more. */
export const MAX_MACHINE_HOURS_S = 1_000_000 * SECONDS_PER_HOUR;

/** The use that is going on at a machine. null for a name: an unknown card. */
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
  /** 0 only of a plan that was moved in from the original. */
  intervalS: z.number().min(0),
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
  version: z.number().int(),
});
export type MachineView = z.infer<typeof MachineView>;

const HOURS_INVALID = 'machine.hours_invalid' satisfies MachineErrorCode;
const hoursS = z.number().min(0, HOURS_INVALID).max(MAX_MACHINE_HOURS_S, HOURS_INVALID);
const blockedReason = z.string().trim().max(MAX_BLOCKED_REASON).nullable();

/** `POST /api/v1/machines` */
export const MachineCreate = z.strictObject({
  name: z.string().trim().min(1).max(MAX_NAME),
  typeId: z.number().int().positive(),
  /** Seconds that it has run before; from then on the counter grows by itself. */
  hoursS: hoursS.default(0),
  /** Closed to everybody. Who blocked it and when is noted by the API. */
  blocked: z.boolean().default(false),
  /** Why; kept only while it is blocked. */
  blockedReason: blockedReason.default(null),
});
export type MachineCreate = z.infer<typeof MachineCreate>;

/**
 * `PATCH /api/v1/machines/:id`: what is left out stays. The counter of hours grows while people work:
 * send `hoursS` only to correct it.
 */
export const MachineUpdate = z.strictObject({
  ...Versioned.shape,
  name: MachineCreate.shape.name.optional(),
  typeId: MachineCreate.shape.typeId.optional(),
  hoursS: hoursS.optional(),
  blocked: z.boolean().optional(),
  blockedReason: blockedReason.optional(),
});
export type MachineUpdate = z.infer<typeof MachineUpdate>;

/** What disappears with a machine: `GET /api/v1/machines/:id/impact`. */
export const MachineImpactView = z.object({
  boards: z.number().int().min(0),
  plans: z.number().int().min(0),
  interventions: z.number().int().min(0),
  authorizations: z.number().int().min(0),
  uses: z.number().int().min(0),
  unrecognisedCards: z.number().int().min(0),
  /** Somebody is working on it now: deleting it asks for `force`. */
  inUse: z.boolean(),
});
export type MachineImpactView = z.infer<typeof MachineImpactView>;

/** `DELETE /api/v1/machines/:id`: `force` also deletes a machine that is in use. */
export const MachineDeleteQuery = z.strictObject({ force: QueryFlag.default(false) });
export type MachineDeleteQuery = z.infer<typeof MachineDeleteQuery>;

export const MACHINE_SORTS = ['name', 'hours', 'lastSeen', 'type', 'id'] as const;
/** `ok`: no plan of the machine is due, or it has none. */
export const MACHINE_MAINTENANCE = ['ok', 'due'] as const;
export const MachineListQuery = listQuery(MACHINE_SORTS, 'name', {
  status: z.enum(MACHINE_STATUSES).optional(),
  typeId: QueryId.optional(),
  blocked: QueryFlag.optional(),
  maintenance: z.enum(MACHINE_MAINTENANCE).optional(),
  online: QueryFlag.optional(),
});
export type MachineListQuery = z.infer<typeof MachineListQuery>;
