import { httpResource } from '@angular/common/http';
import { computed, linkedSignal, type Signal } from '@angular/core';
import type * as z from 'zod';
import { type ApiError, apiError } from '../../auth/api-error';

/** One record of the API. */
export interface Detail<T> {
  /** Stays while it is fetched again. Undefined before it is known. */
  readonly record: Signal<T | undefined>;
  readonly isLoading: Signal<boolean>;
  /** There is no such record (any more). */
  readonly isMissing: Signal<boolean>;
  readonly error: Signal<ApiError | null>;
  reload(): void;
}

/** Makes a {@link Detail}; call it where `inject` may be called. */
export function detail<S extends z.ZodType>(options: {
  /** May read signals; undefined: there is nothing to fetch (a new record). */
  url: () => string | undefined;
  schema: S;
}): Detail<z.infer<S>> {
  const answer = httpResource(options.url, { parse: (raw) => options.schema.parse(raw) });
  const error = computed(() => {
    const error = answer.error();
    return error === undefined ? null : apiError(error);
  });
  return {
    record: linkedSignal<z.infer<S> | undefined, z.infer<S> | undefined>({
      source: () => (answer.hasValue() ? answer.value() : undefined),
      computation: (next, previous) => next ?? previous?.value,
    }),
    isLoading: answer.isLoading,
    isMissing: computed(() => answer.statusCode() === 404),
    error,
    reload: () => void answer.reload(),
  };
}
