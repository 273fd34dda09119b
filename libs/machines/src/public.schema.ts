import { IsoTime } from '@fabomatic/kernel';
import * as z from 'zod';
import { BrokerView } from './live.schema';

/** How people are called where anybody can read it: not at all, "Marta C.", or in full. */
export const PUBLIC_NAMES = ['none', 'short', 'full'] as const;
export type PublicNames = (typeof PUBLIC_NAMES)[number];

/**
 * A machine as the status page and the TV on the wall tell it to anybody. There is no room in it
 * for an address, an e-mail, a card or an id of a person; `who` and the two texts are null unless
 * the settings say that they may be shown. Strict, so that nothing is added by accident.
 */
export const PublicMachineView = z.strictObject({
  id: z.number().int().positive(),
  name: z.string(),
  use: z.strictObject({ startedAt: IsoTime, who: z.string().nullable() }).nullable(),
  blocked: z.boolean(),
  blockedAt: IsoTime.nullable(),
  blockedReason: z.string().nullable(),
  /** How many of its maintenance plans are due. */
  duePlans: z.number().int().min(0),
  duePlan: z.string().nullable(),
  /** Seconds of use beyond the threshold of the plan that is due; null when none is. */
  overS: z.number().min(0).nullable(),
  lastSeenAt: IsoTime.nullable(),
});
export type PublicMachineView = z.infer<typeof PublicMachineView>;

/** `GET /api/v1/public/status`, and the first message of the public stream. */
export const PublicLabView = z.strictObject({
  serverTime: IsoTime,
  lab: z.strictObject({ name: z.string(), timezone: z.string(), language: z.string() }),
  /** Which of the public pages are on. */
  pages: z.strictObject({ status: z.boolean(), tv: z.boolean() }),
  broker: BrokerView,
  /** In the fixed order of the lab (by id): a place on the screen is a place in the room. */
  machines: z.array(PublicMachineView),
});
export type PublicLabView = z.infer<typeof PublicLabView>;

/** `GET /api/v1/public/live`, server-sent events like those of the portal. */
export const PublicMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('snapshot'), data: PublicLabView }),
  z.strictObject({
    type: z.literal('machine'),
    data: z.strictObject({ machine: PublicMachineView, serverTime: IsoTime }),
  }),
  z.strictObject({ type: z.literal('broker'), data: BrokerView }),
]);
export type PublicMessage = z.infer<typeof PublicMessage>;
