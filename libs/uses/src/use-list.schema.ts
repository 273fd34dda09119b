import { listQuery, QueryFlag, QueryId, QueryTime } from '@fabomatic/kernel';
import * as z from 'zod';
import { USE_SOURCES } from './use';

export const USE_SORTS = ['startedAt', 'durationS', 'machine', 'member'] as const;

/**
 * Query of `GET /api/v1/uses`. `q` looks for names of machines and members; `from` and `to` frame
 * the start (`to` itself is not in); flags ask for the uses that bear a mark, or that do not.
 */
export const UseListQuery = listQuery(USE_SORTS, '-startedAt', {
  machineId: QueryId.optional(),
  memberId: QueryId.optional(),
  from: QueryTime.optional(),
  to: QueryTime.optional(),
  open: QueryFlag.optional(),
  replayed: QueryFlag.optional(),
  estimated: QueryFlag.optional(),
  unauthorised: QueryFlag.optional(),
  source: z.enum(USE_SOURCES).optional(),
});
export type UseListQuery = z.infer<typeof UseListQuery>;
