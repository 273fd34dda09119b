import { IsoTime, listQuery } from '@fabomatic/kernel';
import * as z from 'zod';

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
});
export type MailView = z.infer<typeof MailView>;

/** `GET /api/v1/system/mails` */
export const MailListQuery = listQuery(['createdAt', 'recipient'], '-createdAt', {
  state: z.enum(MAIL_STATES).optional(),
});
export type MailListQuery = z.infer<typeof MailListQuery>;
