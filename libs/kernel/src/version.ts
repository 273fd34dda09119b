import * as z from 'zod';

/**
 * The version of a record that a change was made from. When somebody else changed the record
 * meanwhile, the change is refused with 409 `request.outdated`: nobody overwrites what they did not
 * see.
 */
export const Versioned = z.object({ version: z.number().int().positive() });
export type Versioned = z.infer<typeof Versioned>;
