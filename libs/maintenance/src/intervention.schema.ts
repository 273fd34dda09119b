import { IsoTime, listQuery, QueryFlag, QueryId, QueryTime, Versioned } from '@fabomatic/kernel';
import * as z from 'zod';

const MAX_NOTE = 500;

const doneAt = z.iso.datetime({ offset: true });
const note = z.string().trim().max(MAX_NOTE).nullable();

/** `POST /api/v1/interventions`: the machine is the plan's. */
export const InterventionCreate = z.strictObject({
  planId: z.number().int().positive(),
  /** Default: the caller. */
  memberId: z.number().int().positive().optional(),
  /** Default: now. Not in the future. */
  doneAt: doneAt.optional(),
  note: note.default(null),
});
export type InterventionCreate = z.infer<typeof InterventionCreate>;

/** `PATCH /api/v1/interventions/:id`: what is left out stays. */
export const InterventionUpdate = z.strictObject({
  ...Versioned.shape,
  planId: z.number().int().positive().optional(),
  memberId: z.number().int().positive().optional(),
  doneAt: doneAt.optional(),
  note: note.optional(),
});
export type InterventionUpdate = z.infer<typeof InterventionUpdate>;

export const InterventionView = z.object({
  id: z.number().int().positive(),
  planId: z.number().int().positive(),
  planDescription: z.string(),
  machineId: z.number().int().positive(),
  machineName: z.string(),
  /** null: by somebody who was made anonymous. */
  memberId: z.number().int().nullable(),
  /** First and last name. */
  memberName: z.string().nullable(),
  doneAt: IsoTime,
  /** The board sent it later than it happened. */
  replayed: z.boolean(),
  note: z.string().nullable(),
  version: z.number().int(),
});
export type InterventionView = z.infer<typeof InterventionView>;

export const INTERVENTION_SORTS = ['doneAt', 'machine', 'plan', 'member'] as const;
export const InterventionListQuery = listQuery(INTERVENTION_SORTS, '-doneAt', {
  machineId: QueryId.optional(),
  memberId: QueryId.optional(),
  planId: QueryId.optional(),
  from: QueryTime.optional(),
  to: QueryTime.optional(),
  replayed: QueryFlag.optional(),
});
export type InterventionListQuery = z.infer<typeof InterventionListQuery>;
