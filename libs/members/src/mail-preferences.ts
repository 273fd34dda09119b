import { Versioned } from '@fabomatic/kernel';
import * as z from 'zod';
import { mayInPortal } from './portal-permission';
import type { PortalAccess } from './role';

/** What a member can ask to be told by mail. */
export const MAIL_TOPICS = [
  'weekly-summary',
  'maintenance-due',
  'machine-offline',
  'machine-online',
] as const;
export type MailTopic = (typeof MAIL_TOPICS)[number];

/** Topic -> the field of a member that says whether they asked for it. */
export const MAIL_FIELDS = {
  'weekly-summary': 'weeklySummary',
  'maintenance-due': 'maintenanceDueMails',
  'machine-offline': 'machineOfflineMails',
  'machine-online': 'machineOnlineMails',
} as const satisfies Record<MailTopic, string>;

/** The mails that only some roles can have. */
export interface AlertMails {
  readonly maintenanceDueMails?: boolean | undefined;
  readonly machineOfflineMails?: boolean | undefined;
  readonly machineOnlineMails?: boolean | undefined;
}

/** Whether a member asks for mails about machines. */
export function wantsAlerts(mails: AlertMails): boolean {
  const { maintenanceDueMails, machineOfflineMails, machineOnlineMails } = mails;
  return (
    maintenanceDueMails === true || machineOfflineMails === true || machineOnlineMails === true
  );
}

/** What of a role decides about mails. */
export interface MailRole {
  readonly portalAccess: PortalAccess;
  /** Does maintenance with a card. */
  readonly maintenance: boolean;
}

/**
 * Which mails somebody of this role may have. The summary is for everybody (what it tells is
 * {@link summaryParts}); mails about machines go to those who look after them.
 */
export function mailTopicsOf({ portalAccess, maintenance }: MailRole): readonly MailTopic[] {
  const looksAfterMachines = maintenance || mayInPortal(portalAccess, 'machines');
  return looksAfterMachines ? MAIL_TOPICS : ['weekly-summary'];
}

/**
 * The mails that are asked for and that nobody of this role can have, by the field of each; empty:
 * all is well.
 */
export function mailsOutsideRole(mails: AlertMails, role: MailRole): Record<string, string> {
  const allowed = mailTopicsOf(role);
  const asked: Readonly<Record<string, unknown>> = { ...mails };
  const refused = MAIL_TOPICS.filter(
    (topic) => !allowed.includes(topic) && asked[MAIL_FIELDS[topic]] === true,
  );
  return Object.fromEntries(
    refused.map((topic) => [MAIL_FIELDS[topic], 'member.mail_not_for_role']),
  );
}

/** What the summary of the week tells, besides the reader's own uses. */
export interface SummaryParts {
  /** Hours of every machine, and the maintenance that is due. */
  readonly machines: boolean;
  /** Cards that nobody has: for those who give cards to members. */
  readonly unrecognisedCards: boolean;
}

/**
 * A mail leaves the lab: it tells nobody more than the portal would. A plain member reads about
 * their own uses only.
 */
export function summaryParts({ portalAccess, maintenance }: MailRole): SummaryParts {
  return {
    machines: maintenance || mayInPortal(portalAccess, 'read'),
    unrecognisedCards: mayInPortal(portalAccess, 'members'),
  };
}

/** `GET /api/v1/me/mail-preferences` */
export const MailPreferencesView = z.object({
  /** Where the mails go; null: nowhere, the lab has no address. */
  email: z.string().nullable(),
  weeklySummary: z.boolean(),
  maintenanceDueMails: z.boolean(),
  machineOfflineMails: z.boolean(),
  machineOnlineMails: z.boolean(),
  /** What the member's role lets them ask for. */
  topics: z.array(z.enum(MAIL_TOPICS)),
  /** Whether the lab sends mail at all. */
  isMailOn: z.boolean(),
  version: z.number().int(),
});
export type MailPreferencesView = z.infer<typeof MailPreferencesView>;

/** `PATCH /api/v1/me/mail-preferences`: what is left out stays. */
export const MailPreferencesUpdate = z.strictObject({
  ...Versioned.shape,
  weeklySummary: z.boolean().optional(),
  maintenanceDueMails: z.boolean().optional(),
  machineOfflineMails: z.boolean().optional(),
  machineOnlineMails: z.boolean().optional(),
});
export type MailPreferencesUpdate = z.infer<typeof MailPreferencesUpdate>;

/** The page where mails are ended without a login: `<base_url>/unsubscribe?token=...`. */
export const UNSUBSCRIBE_PATH = '/unsubscribe';

/** The token of a link; a link that was cut off is refused in words, hence no form. */
export const UnsubscribeQuery = z.object({ token: z.string().max(200) });
export type UnsubscribeQuery = z.infer<typeof UnsubscribeQuery>;

/** `GET /api/v1/unsubscribe-link`: what the link would end. */
export const UnsubscribeView = z.object({
  labName: z.string(),
  topic: z.enum(MAIL_TOPICS),
  /** false: it is ended already. */
  isSubscribed: z.boolean(),
});
export type UnsubscribeView = z.infer<typeof UnsubscribeView>;
