import { IsoTime } from '@fabomatic/kernel';
import * as z from 'zod';

/** A place where a member is logged in. */
export const SessionView = z.object({
  id: z.number().int(),
  createdAt: IsoTime,
  lastSeenAt: IsoTime,
  expiresAt: IsoTime,
  ip: z.string().nullable(),
  /** What the browser says that it is. */
  userAgent: z.string().nullable(),
  /** The one that asks. */
  isCurrent: z.boolean(),
});
export type SessionView = z.infer<typeof SessionView>;

/** `GET /api/v1/auth/sessions`: all of the member's own, the latest first. */
export const SessionListView = z.object({ items: z.array(SessionView) });
export type SessionListView = z.infer<typeof SessionListView>;
