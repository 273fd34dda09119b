import {
  IsoTime,
  listQuery,
  QueryFlag,
  QueryId,
  SECONDS_PER_HOUR,
  Versioned,
} from '@fabomatic/kernel';
import * as z from 'zod';
import type { MaintenanceErrorCode } from './maintenance-errors';

const MAX_DESCRIPTION = 120;
const MAX_LINK = 500;
/** Characters that the form takes; a board shows the first 15 (F27). */
export const MAX_LCD_MESSAGE = 16;
/** Longest interval: a million hours. */
export const MAX_INTERVAL_S = 1_000_000 * SECONDS_PER_HOUR;

const INTERVAL_INVALID = 'plan.interval_invalid' satisfies MaintenanceErrorCode;

/** A link that can be opened without running anything: http or https. Empty: none (null). */
const instructionsUrl = z
  .string()
  .trim()
  .max(MAX_LINK)
  .refine(
    (text) => text === '' || isWebLink(text),
    'plan.link_invalid' satisfies MaintenanceErrorCode,
  )
  .nullable();

/** `POST /api/v1/maintenance-plans` */
export const MaintenancePlanCreate = z.strictObject({
  machineId: z.number().int().positive(),
  /** What is to be done. */
  description: z.string().trim().min(1).max(MAX_DESCRIPTION),
  /** Seconds of use between two interventions. */
  intervalS: z.number().positive(INTERVAL_INVALID).max(MAX_INTERVAL_S, INTERVAL_INVALID),
  /** What the board shows while it is due. */
  lcdMessage: z.string().trim().min(1).max(MAX_LCD_MESSAGE),
  instructionsUrl: instructionsUrl.default(null),
});
export type MaintenancePlanCreate = z.infer<typeof MaintenancePlanCreate>;

/** `PATCH /api/v1/maintenance-plans/:id`: what is left out stays. A plan stays at its machine. */
export const MaintenancePlanUpdate = z.strictObject({
  ...Versioned.shape,
  description: MaintenancePlanCreate.shape.description.optional(),
  intervalS: MaintenancePlanCreate.shape.intervalS.optional(),
  lcdMessage: MaintenancePlanCreate.shape.lcdMessage.optional(),
  instructionsUrl: instructionsUrl.optional(),
});
export type MaintenancePlanUpdate = z.infer<typeof MaintenancePlanUpdate>;

export const MaintenancePlanView = z.object({
  id: z.number().int().positive(),
  machineId: z.number().int().positive(),
  machineName: z.string(),
  description: z.string(),
  lcdMessage: z.string(),
  /** Seconds; 0 only in plans that were moved in from the original. */
  intervalS: z.number().min(0),
  instructionsUrl: z.string().nullable(),
  /** Seconds of use since the last intervention. */
  elapsedS: z.number().min(0),
  isDue: z.boolean(),
  lastDoneAt: IsoTime.nullable(),
  /** First and last name of who did it last; null: never, or not known. */
  lastDoneByName: z.string().nullable(),
  /** When it will be due if the machine is used as in the last four weeks; null: due, or not used. */
  forecastAt: IsoTime.nullable(),
  version: z.number().int(),
});
export type MaintenancePlanView = z.infer<typeof MaintenancePlanView>;

/** What disappears with a plan: `GET /api/v1/maintenance-plans/:id/impact`. */
export const MaintenancePlanImpactView = z.object({ interventions: z.number().int().min(0) });
export type MaintenancePlanImpactView = z.infer<typeof MaintenancePlanImpactView>;

export const MAINTENANCE_PLAN_SORTS = [
  'wear',
  'machine',
  'description',
  'interval',
  'lastDone',
] as const;
export const MaintenancePlanListQuery = listQuery(MAINTENANCE_PLAN_SORTS, '-wear', {
  machineId: QueryId.optional(),
  due: QueryFlag.optional(),
});
export type MaintenancePlanListQuery = z.infer<typeof MaintenancePlanListQuery>;

/** True for an http or https address: everything else a browser might run. */
export function isWebLink(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
