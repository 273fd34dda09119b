import { IsoTime, listQuery, QueryId } from '@fabomatic/kernel';
import * as z from 'zod';

/** A card that no member has, with the machines at which it was tapped. */
export const UnrecognizedCardView = z.object({
  uid: z.string(),
  firstSeenAt: IsoTime,
  lastSeenAt: IsoTime,
  /** How often it was tapped, at all machines. */
  times: z.number().int().positive(),
  /** The latest first. */
  machines: z.array(
    z.object({
      id: z.number().int(),
      name: z.string(),
      lastSeenAt: IsoTime,
      times: z.number().int().positive(),
    }),
  ),
});
export type UnrecognizedCardView = z.infer<typeof UnrecognizedCardView>;

export const UNRECOGNIZED_CARD_SORTS = ['lastSeenAt', 'firstSeenAt', 'times'] as const;
/** `q` looks at the cards' numbers. */
export const UnrecognizedCardListQuery = listQuery(UNRECOGNIZED_CARD_SORTS, '-lastSeenAt', {
  machineId: QueryId.optional(),
});
export type UnrecognizedCardListQuery = z.infer<typeof UnrecognizedCardListQuery>;
