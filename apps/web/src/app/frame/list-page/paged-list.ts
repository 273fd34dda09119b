import { httpResource } from '@angular/common/http';
import { computed, inject, linkedSignal, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import { DEFAULT_PAGE_SIZE, type Page, pageOf } from '@fabomatic/kernel';
import type * as z from 'zod';
import { type ApiError, apiError } from '../../auth/api-error';

export interface PagedListOptions<S extends z.ZodType> {
  /** Answers with a `Page` of `item`. */
  url: string;
  item: S;
  /** Names of the filters, in the page's URL and in the request alike. */
  filters?: readonly string[];
  pageSize?: number;
}

/** A list of the API with its place and its filters in the page's URL. */
export interface PagedList<T> {
  /** The page that is shown; stays while the next one is fetched. Undefined before the first. */
  readonly page: Signal<Page<T> | undefined>;
  readonly isLoading: Signal<boolean>;
  readonly error: Signal<ApiError | null>;
  /** The filters that are set. */
  readonly filters: Signal<Readonly<Record<string, string>>>;
  reload(): void;
  /** null takes the filter away. Leads to the first page. */
  setFilter(name: string, value: string | null): void;
  clearFilters(): void;
}

/** Makes a {@link PagedList}; call it where `inject` may be called. */
export function pagedList<S extends z.ZodType>(
  options: PagedListOptions<S>,
): PagedList<z.infer<S>> {
  const router = inject(Router);
  const route = inject(ActivatedRoute);
  const query = toSignal(route.queryParamMap, { requireSync: true });
  const names = options.filters ?? [];
  const body = pageOf(options.item);

  const filters = computed(() => {
    const set: Record<string, string> = {};
    for (const name of names) {
      const value = query().get(name);
      if (value) set[name] = value;
    }
    return set;
  });
  const answer = httpResource(
    () => ({
      url: options.url,
      params: {
        page: Math.max(1, Math.trunc(Number(query().get('page'))) || 1),
        pageSize: options.pageSize ?? DEFAULT_PAGE_SIZE,
        ...filters(),
      },
    }),
    { parse: (raw) => body.parse(raw) as Page<z.infer<S>> },
  );
  const navigate = (queryParams: Record<string, string | null>) =>
    void router.navigate([], {
      relativeTo: route,
      queryParams: { ...queryParams, page: null },
      queryParamsHandling: 'merge',
    });

  return {
    page: linkedSignal<Page<z.infer<S>> | undefined, Page<z.infer<S>> | undefined>({
      source: () => (answer.hasValue() ? answer.value() : undefined),
      computation: (next, previous) => next ?? previous?.value,
    }),
    isLoading: answer.isLoading,
    error: computed(() => {
      const error = answer.error();
      return error === undefined ? null : apiError(error);
    }),
    filters,
    reload: () => void answer.reload(),
    setFilter: (name, value) => navigate({ [name]: value }),
    clearFilters: () => navigate(Object.fromEntries(names.map((name) => [name, null]))),
  };
}
