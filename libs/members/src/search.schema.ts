import * as z from 'zod';

/** How many of each kind a search over everything shows. */
export const SEARCH_LIMIT = 5;

/** `GET /api/v1/search` */
export const SearchQuery = z.strictObject({ q: z.string().trim().min(1).max(100) });
export type SearchQuery = z.infer<typeof SearchQuery>;

export const FoundMember = z.object({
  id: z.number().int().positive(),
  name: z.string(),
  roleName: z.string(),
  email: z.string().nullable(),
  /** Last four digits of the card that was searched for; null when it was not a card. */
  cardEnding: z.string().nullable(),
  disabled: z.boolean(),
});
export type FoundMember = z.infer<typeof FoundMember>;

export const FoundMachine = z.object({
  id: z.number().int().positive(),
  name: z.string(),
  typeName: z.string().nullable(),
});
export type FoundMachine = z.infer<typeof FoundMachine>;

export const FoundPlan = z.object({
  id: z.number().int().positive(),
  description: z.string(),
  machineId: z.number().int().positive(),
  machineName: z.string(),
});
export type FoundPlan = z.infer<typeof FoundPlan>;

/** At most {@link SEARCH_LIMIT} of each kind, what begins with the text first. */
export const SearchResults = z.object({
  members: z.array(FoundMember).max(SEARCH_LIMIT),
  machines: z.array(FoundMachine).max(SEARCH_LIMIT),
  plans: z.array(FoundPlan).max(SEARCH_LIMIT),
});
export type SearchResults = z.infer<typeof SearchResults>;
