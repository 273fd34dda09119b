import { CalendarDay, IsoTime, listQuery, QueryFlag, QueryId, Versioned } from '@fabomatic/kernel';
import * as z from 'zod';
import { CardUid } from './card-uid';
import { MEMBERSHIP_STATES } from './membership';
import { PORTAL_ACCESS } from './role';

/** The longest name that pages show in full; a board's display cuts it by itself. */
const MAX_NAME = 60;
const MAX_LABEL = 40;
const MAX_EMAIL = 254;
const MAX_NEW_CARDS = 10;

/** ISO 639-1 codes that mails and pages can be written in: the same as in `libs/i18n`. */
export const MEMBER_LANGUAGES = ['en', 'it', 'de', 'fr', 'es'] as const;
export type MemberLanguage = (typeof MEMBER_LANGUAGES)[number];

const recordId = z.number().int().positive().max(2_147_483_647);
const email = z.email().max(MAX_EMAIL);
const label = z.string().trim().max(MAX_LABEL);

/** `POST /api/v1/members/:id/cards` */
export const CardCreate = z.strictObject({
  uid: CardUid,
  /** What it is told apart by: 'key ring'. */
  label: label.nullable().default(null),
});
export type CardCreate = z.infer<typeof CardCreate>;

/** `PATCH /api/v1/members/:id/cards/:cardId`. `revoked: false` gives a card back to its member. */
export const CardUpdate = z.strictObject({
  label: label.nullable().optional(),
  revoked: z.boolean().optional(),
});
export type CardUpdate = z.infer<typeof CardUpdate>;

/** A card of a member. Revoked cards stay, so that history can be read. */
export const CardView = z.object({
  id: z.number().int(),
  uid: z.string(),
  label: z.string().nullable(),
  createdAt: IsoTime,
  revokedAt: IsoTime.nullable(),
});
export type CardView = z.infer<typeof CardView>;

/** `POST /api/v1/members` */
export const MemberCreate = z.strictObject({
  firstName: z.string().trim().min(1).max(MAX_NAME),
  lastName: z.string().trim().max(MAX_NAME).default(''),
  /** Of one member only, whatever the letter case. */
  email: email.nullable().default(null),
  roleId: recordId,
  disabled: z.boolean().default(false),
  /** Asks for an e-mail address. */
  weeklySummary: z.boolean().default(false),
  /** These three ask for an address and for a role that looks after machines. */
  maintenanceDueMails: z.boolean().default(false),
  machineOfflineMails: z.boolean().default(false),
  machineOnlineMails: z.boolean().default(false),
  /** null: the lab's language. */
  language: z.enum(MEMBER_LANGUAGES).nullable().default(null),
  /** The day on which the member signed the lab's privacy notice; null: not that we know. */
  consentAt: CalendarDay.nullable().default(null),
  /** The last day of the membership; null: no end is known. Does not close any machine. */
  membershipEndsOn: CalendarDay.nullable().default(null),
  cards: z.array(CardCreate).max(MAX_NEW_CARDS).default([]),
});
export type MemberCreate = z.infer<typeof MemberCreate>;

/** `PATCH /api/v1/members/:id`: what is left out stays. Cards have addresses of their own. */
export const MemberUpdate = z.strictObject({
  ...Versioned.shape,
  firstName: MemberCreate.shape.firstName.optional(),
  lastName: z.string().trim().max(MAX_NAME).optional(),
  email: email.nullable().optional(),
  roleId: recordId.optional(),
  disabled: z.boolean().optional(),
  weeklySummary: z.boolean().optional(),
  maintenanceDueMails: z.boolean().optional(),
  machineOfflineMails: z.boolean().optional(),
  machineOnlineMails: z.boolean().optional(),
  language: z.enum(MEMBER_LANGUAGES).nullable().optional(),
  consentAt: CalendarDay.nullable().optional(),
  membershipEndsOn: CalendarDay.nullable().optional(),
});
export type MemberUpdate = z.infer<typeof MemberUpdate>;

export const MemberView = z.object({
  id: z.number().int(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string().nullable(),
  roleId: z.number().int(),
  roleName: z.string(),
  /** What the role gives: access to the portal, and every machine without an authorisation. */
  portalAccess: z.enum(PORTAL_ACCESS),
  authorizeAll: z.boolean(),
  disabled: z.boolean(),
  weeklySummary: z.boolean(),
  maintenanceDueMails: z.boolean(),
  machineOfflineMails: z.boolean(),
  machineOnlineMails: z.boolean(),
  language: z.enum(MEMBER_LANGUAGES).nullable(),
  /** Has chosen, or been given, a password for the portal. */
  hasPassword: z.boolean(),
  /** Logs in with a code of an authenticator app on top. */
  hasSecondFactor: z.boolean(),
  consentAt: CalendarDay.nullable(),
  membershipEndsOn: CalendarDay.nullable(),
  membership: z.enum(MEMBERSHIP_STATES),
  createdAt: IsoTime,
  deletedAt: IsoTime.nullable(),
  /** On how many machines the member has an authorisation. */
  authorizations: z.number().int().min(0),
  /** Start of the latest use. */
  lastUseAt: IsoTime.nullable(),
  /** Seconds of use that began within the last {@link RECENT_DAYS} days. */
  recentDurationS: z.number().min(0),
  cards: z.array(CardView),
  version: z.number().int(),
});
export type MemberView = z.infer<typeof MemberView>;
/** What "lately" means for the hours of a member. */
export const RECENT_DAYS = 30;

export const MEMBER_STATUSES = ['active', 'disabled', 'deleted'] as const;
export type MemberStatus = (typeof MEMBER_STATUSES)[number];

export const MEMBER_SORTS = ['name', 'role', 'email', 'createdAt', 'lastUse', 'status'] as const;
/**
 * `q` looks at names, e-mail and valid cards. Without `status`: all who are not deleted; of those who
 * may be erased, the deleted ones too.
 */
export const MemberListQuery = listQuery(MEMBER_SORTS, 'name', {
  roleId: QueryId.optional(),
  status: z.enum(MEMBER_STATUSES).optional(),
  hasPortalAccess: QueryFlag.optional(),
  hasCard: QueryFlag.optional(),
  /** `ended`: whenever it was, those who may be erased among them. */
  membership: z.enum(MEMBERSHIP_STATES).optional(),
  /** The day of the member's consent is known. */
  hasConsent: QueryFlag.optional(),
  /** Who may use this machine: by an authorisation, or by a role with all of them. */
  machineId: QueryId.optional(),
});
export type MemberListQuery = z.infer<typeof MemberListQuery>;

/** `GET /api/v1/members/:id/impact`: what deleting the member takes away, and what stays. */
export const MemberImpact = z.object({
  /** Revoked, so that somebody else can have them. */
  cards: z.number().int().min(0),
  /** Removed. */
  authorizations: z.number().int().min(0),
  /** These stay in history, as a deleted member's. */
  uses: z.number().int().min(0),
  interventions: z.number().int().min(0),
  /** Names of the machines that the member is using right now. */
  inUse: z.array(z.string()),
});
export type MemberImpact = z.infer<typeof MemberImpact>;

/** `GET /api/v1/members/:id/summary`: what is known about the member's work. */
export const MemberSummary = z.object({
  uses: z.number().int().min(0),
  durationS: z.number().min(0),
  interventions: z.number().int().min(0),
  /** Most hours first. */
  machines: z.array(
    z.object({
      machineId: z.number().int(),
      machineName: z.string(),
      uses: z.number().int().min(0),
      durationS: z.number().min(0),
      lastUseAt: IsoTime,
    }),
  ),
  /** By the machine's name. */
  authorizations: z.array(
    z.object({
      machineId: z.number().int(),
      machineName: z.string(),
      createdAt: IsoTime,
    }),
  ),
});
export type MemberSummary = z.infer<typeof MemberSummary>;
