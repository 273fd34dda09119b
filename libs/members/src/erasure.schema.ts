import * as z from 'zod';

/** `GET /api/v1/members/erasure`: whom the lab should think about erasing, and what stays when it does. */
export const ErasureView = z.object({
  /** People whose membership ended so long ago: `GET /api/v1/members?membership=erasable`. */
  erasable: z.number().int().min(0),
  /** Days after the end of a membership; null: nobody is ever proposed. */
  afterDays: z.number().int().min(1).nullable(),
  /** The oldest scheduled backup is about so many days old; null: there are none. */
  backupDays: z.number().int().min(0).nullable(),
  /** The log keeps its latest so many megabytes. */
  logMb: z.number().int().min(1),
});
export type ErasureView = z.infer<typeof ErasureView>;
