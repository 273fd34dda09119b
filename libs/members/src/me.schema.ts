import { CalendarDay, IsoTime, PageQuery, Versioned } from '@fabomatic/kernel';
import * as z from 'zod';
import { MEMBER_LANGUAGES } from './member.schema';

/** `GET /api/v1/me`: what the lab keeps about the member who asks. */
export const MyDataView = z.object({
  id: z.number().int(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string().nullable(),
  roleName: z.string(),
  /** The role opens every machine: authorisations are not needed. */
  mayUseAllMachines: z.boolean(),
  /** null: the lab's. */
  language: z.enum(MEMBER_LANGUAGES).nullable(),
  createdAt: IsoTime,
  consentAt: CalendarDay.nullable(),
  membershipEndsOn: CalendarDay.nullable(),
  hasMembershipEnded: z.boolean(),
  cards: z.number().int().min(0),
  authorizations: z.number().int().min(0),
  uses: z.number().int().min(0),
  /** Where the machines stand: times are told in its time zone (IANA). */
  lab: z.object({ name: z.string(), timezone: z.string() }),
  version: z.number().int(),
});
export type MyDataView = z.infer<typeof MyDataView>;

/** `PATCH /api/v1/me`: all else is the lab's to change. */
export const MyDataUpdate = z.strictObject({
  ...Versioned.shape,
  language: z.enum(MEMBER_LANGUAGES).nullable(),
});
export type MyDataUpdate = z.infer<typeof MyDataUpdate>;

/** Query of the lists under `/api/v1/me`: newest first. */
export const MyListQuery = z.strictObject(PageQuery.shape);
export type MyListQuery = z.infer<typeof MyListQuery>;

/** `GET /api/v1/me/authorizations`: a machine that the member may use. */
export const MyAuthorizationView = z.object({
  machineId: z.number().int(),
  machineName: z.string(),
  /** Out of use for everybody for the time being. */
  isBlocked: z.boolean(),
  since: IsoTime,
});
export type MyAuthorizationView = z.infer<typeof MyAuthorizationView>;

/** `GET /api/v1/me/uses` */
export const MyUseView = z.object({
  id: z.number().int(),
  machineName: z.string(),
  startedAt: IsoTime,
  /** null while the machine is in use. */
  endedAt: IsoTime.nullable(),
  durationS: z.number().min(0).nullable(),
  /** Start, end or both are not known exactly. */
  isEstimated: z.boolean(),
});
export type MyUseView = z.infer<typeof MyUseView>;
