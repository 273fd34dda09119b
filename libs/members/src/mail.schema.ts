import { IsoTime, listQuery, QueryId } from '@fabomatic/kernel';
import * as z from 'zod';
import { MEMBER_LANGUAGES } from './member.schema';

/** `POST /api/v1/system/test-mail` */
export const TestMailRequest = z.strictObject({ to: z.email().max(254) });
export type TestMailRequest = z.infer<typeof TestMailRequest>;

/** Answer of a test mail that the mail server took. */
export const TestMailResult = z.object({
  server: z.string(),
  /** What the mail server said. */
  answer: z.string(),
});
export type TestMailResult = z.infer<typeof TestMailResult>;

export const MAIL_STATES = ['waiting', 'sent', 'given-up'] as const;
export type MailState = (typeof MAIL_STATES)[number];

/** What is wrong when a mail cannot be sent, as far as the words of the mail server tell it. */
export const MAIL_PROBLEMS = [
  'address-refused',
  'mail-refused',
  'login-refused',
  'unreachable',
  'no-answer',
  'certificate',
  'no-tls',
  'put-off',
  'discarded',
  'unreadable',
  'other',
] as const;
export type MailProblem = (typeof MAIL_PROBLEMS)[number];

/** One line of the delivery log; never with what the mail says. */
export const MailView = z.object({
  id: z.number().int(),
  kind: z.string(),
  recipient: z.string(),
  state: z.enum(MAIL_STATES),
  createdAt: IsoTime,
  attempts: z.number().int(),
  nextTryAt: IsoTime.nullable(),
  sentAt: IsoTime.nullable(),
  /** Of the last attempt that failed, in the words of the mail server. */
  lastError: z.string().nullable(),
  /** The same as a code that has a sentence. */
  problem: z.enum(MAIL_PROBLEMS).nullable(),
  /** Not sent, and its content is still there. */
  canRetry: z.boolean(),
});
export type MailView = z.infer<typeof MailView>;

/** `GET /api/v1/system/mails` */
export const MailListQuery = listQuery(['createdAt', 'recipient'], '-createdAt', {
  state: z.enum(MAIL_STATES).optional(),
});
export type MailListQuery = z.infer<typeof MailListQuery>;

/** `GET /api/v1/system/weekly-summary`: who would be told of which week now. */
export const WeeklySummaryPlan = z.object({
  /** The week: from here, and up to but without `toAt`. */
  fromAt: IsoTime,
  toAt: IsoTime,
  isMailOn: z.boolean(),
  /** Whether the lab's pages have an address: without one mails have no link to end them. */
  hasAddress: z.boolean(),
  recipients: z.array(
    z.object({
      memberId: z.number().int(),
      name: z.string(),
      email: z.string(),
      language: z.enum(MEMBER_LANGUAGES),
      /** Was told of this week already. */
      isSent: z.boolean(),
    }),
  ),
});
export type WeeklySummaryPlan = z.infer<typeof WeeklySummaryPlan>;

/** `POST /api/v1/system/weekly-summary/send` */
export const WeeklySummarySent = z.object({
  /** Put into the queue. */
  mails: z.number().int(),
  /** Members who were told of this week before. */
  alreadySent: z.number().int(),
});
export type WeeklySummarySent = z.infer<typeof WeeklySummarySent>;

/** Alerts that can be sent by hand: all that is due, or silent, at that moment. */
export const ALERTS_BY_HAND = ['maintenance-due', 'machine-offline'] as const;
export type AlertByHand = (typeof ALERTS_BY_HAND)[number];

/** `POST /api/v1/system/alert-mails/send` */
export const AlertMailsRequest = z.strictObject({ topic: z.enum(ALERTS_BY_HAND) });
export type AlertMailsRequest = z.infer<typeof AlertMailsRequest>;

/** Answer: how many mails were put into the queue; 0: nobody has asked for them. */
export const AlertMailsSent = z.object({ mails: z.number().int() });
export type AlertMailsSent = z.infer<typeof AlertMailsSent>;

/** Every kind of mail that the product sends. */
export const MAIL_KINDS = [
  'weekly-summary',
  'maintenance-due',
  'machine-offline',
  'machine-online',
  'password-forgotten',
  'password-invited',
  'password-changed',
  'test',
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** `GET /api/v1/system/mail-preview` */
export const MailPreviewQuery = z.strictObject({
  kind: z.enum(MAIL_KINDS),
  /** Default: the reader's own. */
  language: z.enum(MEMBER_LANGUAGES).optional(),
  /** Whose mail; default: that of whoever asks. */
  memberId: QueryId.optional(),
});
export type MailPreviewQuery = z.infer<typeof MailPreviewQuery>;

/** A mail as it would be sent now; nothing in its links works. */
export const MailPreview = z.object({
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  /** Whose data it shows. */
  memberName: z.string(),
  language: z.enum(MEMBER_LANGUAGES),
});
export type MailPreview = z.infer<typeof MailPreview>;
