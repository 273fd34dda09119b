import { computed, inject, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import { SECONDS_PER_DAY, toIso } from '@fabomatic/kernel';
import { dayOfIso, isoDay } from '@fabomatic/uses';
import type { Filterable } from '../../frame/list-page/paged-list';
import { LabTime } from '../../language/lab-time';
import { LabClock } from '../../live/lab-clock';

/** Days up to today that are one press away. */
export const RANGES = [30, 90, 365] as const;
export type RangeDays = (typeof RANGES)[number];
const DEFAULT_RANGE: RangeDays = 365;

const FILTERS = ['from', 'to', 'typeId'] as const;

export interface StatisticsRange extends Filterable {
  /** Which of {@link RANGES}; null: a range of the reader's own. */
  readonly days: Signal<RangeDays | null>;
  /** What the API is asked. */
  readonly params: Signal<Readonly<Record<string, string>>>;
  choose(days: RangeDays): void;
}

/** What the statistics are about, in the page's URL; call it where `inject` may be called. */
export function statisticsRange(): StatisticsRange {
  const router = inject(Router);
  const route = inject(ActivatedRoute);
  const time = inject(LabTime);
  const clock = inject(LabClock);
  const query = toSignal(route.queryParamMap, { requireSync: true });
  const dayAt = (iso: string) => time.toWallClock(iso).slice(0, 10);
  const today = computed(() => dayAt(toIso(clock.nowS())));
  const filters = computed(() => {
    const set: Record<string, string> = {};
    for (const name of FILTERS) {
      const value = query().get(name);
      if (value && (name === 'typeId' || !Number.isNaN(Date.parse(value)))) set[name] = value;
    }
    return set;
  });
  const days = computed(() => {
    const { from, to } = filters();
    if (from !== undefined || to !== undefined) return null;
    const asked = Number(query().get('days'));
    return RANGES.find((range) => range === asked) ?? DEFAULT_RANGE;
  });
  const navigate = (queryParams: Readonly<Record<string, string | null>>) =>
    void router.navigate([], { relativeTo: route, queryParams, queryParamsHandling: 'merge' });
  return {
    filters,
    days,
    params: computed(() => {
      const { from, to, typeId } = filters();
      const range = days();
      const last = to === undefined ? today() : dayAt(to);
      const first =
        from === undefined ? isoDay(dayOfIso(last) - (range ?? DEFAULT_RANGE) + 1) : dayAt(from);
      return { from: first, to: last, ...(typeId === undefined ? {} : { typeId }) };
    }),
    setFilters: (values) => navigate(values),
    choose: (range) => navigate({ days: String(range), from: null, to: null }),
  };
}

/** The mean of each day and the six before it, in the unit of `values`. */
export function weeklyMean(values: readonly number[]): number[] {
  return values.map((_, at) => {
    const days = values.slice(Math.max(0, at - 6), at + 1);
    return days.reduce((sum, each) => sum + each, 0) / days.length;
  });
}

/** Days between two days, both included. */
export function dayCount(from: string, to: string): number {
  return dayOfIso(to) - dayOfIso(from) + 1;
}

/** Noon (UTC) of a day, for formats that want a moment. */
export function noonOf(day: string): string {
  return toIso((dayOfIso(day) + 0.5) * SECONDS_PER_DAY);
}
