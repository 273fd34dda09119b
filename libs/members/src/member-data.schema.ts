import { CalendarDay, IsoTime } from '@fabomatic/kernel';
import * as z from 'zod';
import { CardView } from './member.schema';

/** An authorisation that a member has, or had until the membership ended. */
const GrantData = z.object({
  machineId: z.number().int(),
  /** null: the machine is gone. */
  machineName: z.string().nullable(),
  since: IsoTime,
  isRemoved: z.boolean(),
});

const ChangedValue = z.union([z.string(), z.number(), z.boolean()]).nullable();

/**
 * `GET /api/v1/members/:id/data`: all that is known about a member, for whoever asks for their own
 * data. Secrets (password, second factor, links, sessions' tokens) are told of, never shown.
 */
export const MemberData = z.object({
  exportedAt: IsoTime,
  member: z.object({
    id: z.number().int(),
    firstName: z.string(),
    lastName: z.string(),
    email: z.string().nullable(),
    roleName: z.string(),
    language: z.string().nullable(),
    disabled: z.boolean(),
    weeklySummary: z.boolean(),
    maintenanceDueMails: z.boolean(),
    machineOfflineMails: z.boolean(),
    machineOnlineMails: z.boolean(),
    hasPassword: z.boolean(),
    secondFactorSince: IsoTime.nullable(),
    consentAt: CalendarDay.nullable(),
    membershipEndsOn: CalendarDay.nullable(),
    createdAt: IsoTime,
    deletedAt: IsoTime.nullable(),
  }),
  cards: z.array(CardView),
  authorizations: z.array(GrantData),
  uses: z.array(
    z.object({
      id: z.number().int(),
      machineName: z.string(),
      cardUid: z.string().nullable(),
      startedAt: IsoTime,
      endedAt: IsoTime.nullable(),
      durationS: z.number().nullable(),
    }),
  ),
  interventions: z.array(
    z.object({
      id: z.number().int(),
      machineName: z.string(),
      plan: z.string(),
      doneAt: IsoTime,
      note: z.string().nullable(),
    }),
  ),
  sessions: z.array(
    z.object({
      createdAt: IsoTime,
      lastUsedAt: IsoTime,
      ip: z.string().nullable(),
      userAgent: z.string().nullable(),
    }),
  ),
  mails: z.array(
    z.object({
      kind: z.string(),
      recipient: z.string(),
      createdAt: IsoTime,
      sentAt: IsoTime.nullable(),
    }),
  ),
  /** What was changed about the member, and what the member changed. */
  changes: z.array(
    z.object({
      at: IsoTime,
      isByMember: z.boolean(),
      action: z.string(),
      subject: z.string(),
      subjectName: z.string().nullable(),
      /** Of the member's own record, before and after; empty for all other records. */
      fields: z.array(z.object({ field: z.string(), before: ChangedValue, after: ChangedValue })),
      /** Of the member's computer; null for what others did. */
      ip: z.string().nullable(),
    }),
  ),
});
export type MemberData = z.infer<typeof MemberData>;
