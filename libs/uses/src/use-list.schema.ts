import { PageQuery } from '@fabomatic/kernel';
import * as z from 'zod';

/** Query of `GET /api/v1/uses`: newest first, of one machine, of one member, or of both. */
export const UseListQuery = PageQuery.extend({
  machineId: z.coerce.number().int().positive().optional(),
  memberId: z.coerce.number().int().positive().optional(),
});
export type UseListQuery = z.infer<typeof UseListQuery>;
