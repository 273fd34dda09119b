import { MAX_PAGE_SIZE, type Page, type PageQuery } from '@fabomatic/kernel';
import type { PortalPermission } from '@fabomatic/members';
import type { WordKey, Words } from '@fabomatic/i18n';
import type { Type } from '@nestjs/common';
import type * as z from 'zod';

export type ExportHead = keyof Words['exports']['head'];
export type ExportSheet = keyof Words['exports']['sheet'];

/** What a cell holds. Durations are given in seconds and shown as hours and minutes. */
export type CellKind =
  'text' | 'number' | 'time' | 'day' | 'duration' | 'flag' | 'word' | 'sentence';

/** What a sentence says in the language of the file. */
export type Sentence = (words: Words) => string;

/**
 * A column: heading, kind, and the value out of an item of the list. `time`: ISO 8601; `day`: 2026-11-24; `word`: a key
 * of libs/i18n; `sentence`: made out of several. Only what is named here leaves the lab: a new field of a view is not exported by
 * itself.
 */
export interface ExportColumn<V> {
  readonly head: ExportHead;
  readonly kind: CellKind;
  readonly value: (item: V) => string | number | boolean | Sentence | null;
}

/**
 * One list as a file: the same query, all its pages. `source`: the service that makes the list;
 * `chunks`: its items, some at a time.
 */
export interface ExportDefinition<S, Q extends PageQuery, V> {
  readonly name: string;
  readonly sheet: ExportSheet;
  readonly source: Type<S>;
  readonly query: z.ZodObject & z.ZodType<Q>;
  readonly chunks: (source: S, query: Q) => AsyncIterable<readonly V[]>;
  readonly columns: readonly ExportColumn<V>[];
  /** Who may have it; `read` when nothing is said. */
  readonly permission?: PortalPermission;
}

/** All pages of a list one after the other: enough for what does not grow for ever. */
export async function* pagesOf<Q extends PageQuery, V>(
  list: (query: Q) => Page<V> | Promise<Page<V>>,
  query: Q,
): AsyncGenerator<readonly V[]> {
  for (let page = 1; ; page++) {
    const { items, total } = await list({ ...query, page, pageSize: MAX_PAGE_SIZE });
    if (items.length > 0) yield items;
    if (page * MAX_PAGE_SIZE >= total) return;
  }
}

/** A column for each of these lines: `text('name', (item) => item.name)`. */
export const text = column<string | null>('text');
export const number = column<number | null>('number');
export const time = column<string | null>('time');
export const day = column<string | null>('day');
export const flag = column<boolean | null>('flag');
export const word = column<WordKey | null>('word');
export const sentence = column<Sentence | null>('sentence');
const hours = column<number | null>('duration');

/** A duration twice: in hours and minutes to read, in seconds to calculate with. */
export function duration<V>(
  head: ExportHead,
  headInSeconds: ExportHead,
  value: (item: V) => number | null,
): ExportColumn<V>[] {
  return [
    hours(head, value),
    number(headInSeconds, (item) => {
      const seconds = value(item);
      return seconds === null ? null : Math.round(seconds);
    }),
  ];
}

function column<T extends string | number | boolean | Sentence | null>(kind: CellKind) {
  return <V>(head: ExportHead, value: (item: V) => T): ExportColumn<V> => ({ head, kind, value });
}
