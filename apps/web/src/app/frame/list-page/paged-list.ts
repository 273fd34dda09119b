import { httpResource } from '@angular/common/http';
import { computed, type Signal } from '@angular/core';
import { pageOf } from '@fabomatic/kernel';
import type { z } from 'zod';

/** Rows of a page. */
const PAGE_SIZE = 50;

/** One page of a list of the REST API, loaded anew when `page` changes; in an injection context. */
export function pagedList<T extends z.ZodType>(
  path: string,
  item: T,
  page: Signal<string | undefined>,
) {
  const Answer = pageOf(item);
  const number = computed(() => Math.max(1, Math.trunc(Number(page() ?? 1)) || 1));
  const answer = httpResource(
    () => ({ url: path, params: { page: number(), pageSize: PAGE_SIZE } }),
    { parse: (body) => Answer.parse(body) },
  );
  const value = computed(() => (answer.hasValue() ? answer.value() : undefined));
  return {
    items: computed((): z.output<T>[] => value()?.items ?? []),
    total: computed(() => value()?.total ?? 0),
    number,
    pageSize: PAGE_SIZE,
    isLoading: answer.isLoading,
    isLoaded: computed(() => value() !== undefined),
    hasFailed: computed(() => answer.error() !== undefined),
    reload: () => answer.reload(),
  };
}
export type PagedList = Omit<ReturnType<typeof pagedList>, 'items'>;
