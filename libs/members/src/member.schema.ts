import { IsoTime } from '@fabomatic/kernel';
import * as z from 'zod';

/** A card of a member. Revoked cards stay, so that history can be read. */
export const CardView = z.object({
  id: z.number().int(),
  uid: z.string(),
  label: z.string().nullable(),
  createdAt: IsoTime,
  revokedAt: IsoTime.nullable(),
});
export type CardView = z.infer<typeof CardView>;

export const MemberView = z.object({
  id: z.number().int(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string().nullable(),
  roleId: z.number().int(),
  roleName: z.string(),
  disabled: z.boolean(),
  createdAt: IsoTime,
  cards: z.array(CardView),
  version: z.number().int(),
});
export type MemberView = z.infer<typeof MemberView>;
