import { httpResource } from '@angular/common/http';
import { computed, inject, linkedSignal, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import { DEFAULT_PAGE_SIZE, type Page, pageOf } from '@fabomatic/kernel';
import type * as z from 'zod';
import { type ApiError, apiError } from '../../auth/api-error';
import { Undo } from '../toast/undo';

export interface PagedListOptions<S extends z.ZodType> {
  /** Answers with a `Page` of `item`. */
  url: string;
  item: S;
  /** Names of the filters, in the page's URL and in the request alike. */
  filters?: readonly string[];
  /** What the API sorts by, such as `MACHINE_TYPE_SORTS`; a column names one of them. */
  sorts?: readonly string[];
  /** What the API sorts by when nobody asked: 'name', '-startedAt'. */
  defaultSort?: string;
  pageSize?: number;
  /** Signals read here fetch the page again when they change: the latest event of a live list. */
  refreshOn?: () => unknown;
}

/** What a filter needs of a list. */
export interface Filterable {
  /** The filters that are set. */
  readonly filters: Signal<Readonly<Record<string, string>>>;
  /** null takes a filter away. Leads to the first page. */
  setFilters(values: Readonly<Record<string, string | null>>): void;
}

/** A list of the API with its place, its order and its filters in the page's URL. */
export interface PagedList<T> extends Filterable {
  /** The page that is shown; stays while the next one is fetched. Undefined before the first. */
  readonly page: Signal<Page<T> | undefined>;
  readonly isLoading: Signal<boolean>;
  readonly error: Signal<ApiError | null>;
  /** The text that is searched for; empty: none. */
  readonly text: Signal<string>;
  /** 'name' rises, '-name' falls; empty where the API's order is not known. */
  readonly sort: Signal<string>;
  /** Filters, search and order as the API is asked for them: what an export takes along. */
  readonly params: Signal<Readonly<Record<string, string>>>;
  readonly isNarrowed: Signal<boolean>;
  reload(): void;
  search(text: string): void;
  /** The same column again turns the order round. */
  sortBy(name: string): void;
  /** Takes all filters and the search away. */
  clearFilters(): void;
}

/** Makes a {@link PagedList}; call it where `inject` may be called. */
export function pagedList<S extends z.ZodType>(
  options: PagedListOptions<S>,
): PagedList<z.infer<S>> {
  const router = inject(Router);
  const route = inject(ActivatedRoute);
  const undo = inject(Undo);
  const query = toSignal(route.queryParamMap, { requireSync: true });
  const names = options.filters ?? [];
  const sorts = options.sorts ?? [];
  const body = pageOf(options.item);

  const filters = computed(() => {
    const set: Record<string, string> = {};
    for (const name of names) {
      const value = query().get(name);
      if (value) set[name] = value;
    }
    return set;
  });
  const text = computed(() => query().get('q')?.trim() ?? '');
  const sort = computed(() => {
    const asked = query().get('sort') ?? '';
    return sorts.includes(asked.replace(/^-/, '')) ? asked : (options.defaultSort ?? '');
  });
  const params = computed(() => {
    const all: Record<string, string> = { ...filters() };
    if (text() !== '') all['q'] = text();
    if (sorts.length > 0 && sort() !== '') all['sort'] = sort();
    return all;
  });
  const answer = httpResource(
    () => {
      options.refreshOn?.();
      undo.taken();
      return {
        url: options.url,
        params: {
          page: Math.max(1, Math.trunc(Number(query().get('page'))) || 1),
          pageSize: options.pageSize ?? DEFAULT_PAGE_SIZE,
          ...params(),
        },
      };
    },
    { parse: (raw) => body.parse(raw) as Page<z.infer<S>> },
  );
  const navigate = (queryParams: Readonly<Record<string, string | null>>, replaceUrl = false) =>
    void router.navigate([], {
      relativeTo: route,
      queryParams: { ...queryParams, page: null },
      queryParamsHandling: 'merge',
      replaceUrl,
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
    text,
    sort,
    params,
    isNarrowed: computed(() => text() !== '' || Object.keys(filters()).length > 0),
    reload: () => void answer.reload(),
    setFilters: (values) => navigate(values),
    // One entry of the browser's history for a search, not one for each letter.
    search: (asked) => navigate({ q: asked.trim() || null }, true),
    sortBy: (name) => navigate({ sort: sort() === name ? `-${name}` : name }),
    clearFilters: () => navigate(Object.fromEntries([...names, 'q'].map((name) => [name, null]))),
  };
}
