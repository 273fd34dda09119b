import { httpResource } from '@angular/common/http';
import { computed, type Signal } from '@angular/core';
import { pageOf } from '@fabomatic/kernel';
import type * as z from 'zod';

/** How many are offered at once; who does not find theirs types more. */
const OFFERED = 20;

export interface RecordOption {
  id: number;
  label: string;
  /** What tells two of the same name apart. */
  hint: string;
}

/** Records of the API that one of is chosen: members, machines, types. */
export interface RecordSource {
  readonly url: string;
  readonly readOne: (raw: unknown) => RecordOption;
  readonly readPage: (raw: unknown) => RecordOption[];
}

/** `url` answers `?q=&pageSize=` with a page and `/<id>` with one record. */
export function recordSource<S extends z.ZodType<{ id: number }>>(options: {
  url: string;
  item: S;
  label: (item: z.infer<S>) => string;
  hint?: (item: z.infer<S>) => string;
}): RecordSource {
  const { url, item, label, hint } = options;
  const option = (record: z.infer<S>): RecordOption => ({
    id: record.id,
    label: label(record),
    hint: hint?.(record) ?? '',
  });
  return {
    url,
    readOne: (raw) => option(item.parse(raw)),
    readPage: (raw) => pageOf(item).parse(raw).items.map(option),
  };
}

/** What fits the text, fetched from the API; call it where `inject` may be called. */
export function recordOptions(source: Signal<RecordSource>, text: Signal<string>) {
  const answer = httpResource(
    () => {
      const q = text().trim();
      return { url: source().url, params: { pageSize: OFFERED, ...(q === '' ? {} : { q }) } };
    },
    { parse: (raw) => source().readPage(raw) },
  );
  return {
    options: computed(() => (answer.hasValue() ? answer.value() : [])),
    isLoading: answer.isLoading,
    hasFailed: computed(() => answer.error() !== undefined),
  };
}

/** The label of the record that is chosen; its number until the API has said it. */
export function recordLabel(source: Signal<RecordSource>, id: Signal<number | null>) {
  const answer = httpResource(() => (id() === null ? undefined : `${source().url}/${id()}`), {
    parse: (raw) => source().readOne(raw),
  });
  return computed(() => {
    if (id() === null) return '';
    return answer.hasValue() ? answer.value().label : String(id());
  });
}
