import * as z from 'zod';
import { PageQuery } from './page';

/** A text that a list is searched for: any letter case, anywhere in the searched columns. */
export const SearchText = z.string().trim().min(1).max(100);

/** `startedAt`: rising; `-startedAt`: falling. */
export type SortKey<S extends string> = S | `-${S}`;

/**
 * Query string of a list: page and page size, `sort` by one of `sorts`, search text `q`, and the
 * filters of the resource. A name that the list does not know is refused, so that a misspelt filter
 * never answers with everything.
 */
export function listQuery<const S extends string, F extends z.core.$ZodLooseShape>(
  sorts: readonly S[],
  defaultSort: SortKey<S>,
  filters: F,
) {
  const keys: SortKey<S>[] = sorts.flatMap((name) => [name, `-${name}` as const]);
  return z.strictObject({
    ...PageQuery.shape,
    sort: z.enum(keys as [SortKey<S>, ...SortKey<S>[]]).default(defaultSort as never),
    q: SearchText.optional(),
    ...filters,
  });
}

/** A flag in a query string: `true` or `false`. */
export const QueryFlag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** An id in a query string or a path. */
export const QueryId = z.coerce.number().int().positive().max(2_147_483_647);

/** A moment in a query string: ISO 8601 with its offset -> epoch seconds. */
export const QueryTime = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text) / 1000);

/** Which column a sort key names, and whether it falls. */
export function sortOf<S extends string>(key: SortKey<S>): { name: S; isFalling: boolean } {
  const isFalling = key.startsWith('-');
  return { name: (isFalling ? key.slice(1) : key) as S, isFalling };
}
