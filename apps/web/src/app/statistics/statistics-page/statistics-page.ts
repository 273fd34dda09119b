import { httpResource } from '@angular/common/http';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  linkedSignal,
  signal,
} from '@angular/core';
import { SECONDS_PER_HOUR } from '@fabomatic/kernel';
import { type ShareView, StatisticsView } from '@fabomatic/uses';
import { TranslatePipe } from '@ngx-translate/core';
import { apiError } from '../../auth/api-error';
import { DateFilterChip } from '../../frame/filter-chip/date-filter-chip';
import { RecordFilterChip } from '../../frame/filter-chip/record-filter-chip';
import { Formats } from '../../language/formats';
import { LanguageChoice } from '../../language/language-choice';
import { Words } from '../../language/words';
import { MACHINE_TYPE_SOURCE } from '../../machine-types/machine-types-api';
import { type Bar, BarChart } from '../bar-chart/bar-chart';
import { BusyHours } from '../busy-hours/busy-hours';
import { ShareBars } from '../share-bars/share-bars';
import { dayCount, noonOf, RANGES, statisticsRange, weeklyMean } from './statistics-range';

/** Up to so many days each has a bar of its own, then each week, then each month. */
const MAX_DAYS = 100;
const MAX_WEEKS_DAYS = 800;
const SHOWN_AT_FIRST = 10;
/** 5 January 1970 was a Monday. */
const MONDAY = 4;

/** What the lab did: how much, by whom, with what, and when. */
@Component({
  selector: 'fab-statistics-page',
  imports: [BarChart, BusyHours, DateFilterChip, RecordFilterChip, ShareBars, TranslatePipe],
  templateUrl: './statistics-page.html',
  styleUrl: './statistics-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StatisticsPage {
  protected readonly words = inject(Words);
  protected readonly formats = inject(Formats);
  private readonly language = inject(LanguageChoice).current;
  protected readonly typeSource = MACHINE_TYPE_SOURCE;
  protected readonly ranges = RANGES;
  protected readonly range = statisticsRange();
  protected readonly showsAllMembers = signal(false);

  private readonly answer = httpResource(
    () => ({ url: '/api/v1/statistics', params: this.range.params() }),
    { parse: (raw) => StatisticsView.parse(raw) },
  );
  /** Stays while the next is fetched. */
  protected readonly view = linkedSignal<StatisticsView | undefined, StatisticsView | undefined>({
    source: () => (this.answer.hasValue() ? this.answer.value() : undefined),
    computation: (next, previous) => next ?? previous?.value,
  });
  protected readonly isLoading = this.answer.isLoading;
  protected readonly problem = computed(() => {
    const error = this.answer.error();
    if (error === undefined) return '';
    const { code, params, fields } = apiError(error);
    return this.words.error(Object.values(fields)[0] ?? code, params);
  });

  protected readonly hours = computed(() => this.hoursOf(this.view()?.seconds ?? 0));
  protected readonly comparison = computed(() => {
    const view = this.view();
    if (!view?.secondsBefore) return '';
    const change = Math.round((view.seconds / view.secondsBefore - 1) * 100);
    const sign = change > 0 ? '+' : '';
    return this.words.say('statistics.compared', {
      change: `${sign}${this.formats.number(change)}`,
      days: this.formats.number(dayCount(view.from, view.to)),
    });
  });
  protected readonly median = computed(() => {
    const medianS = this.view()?.medianS ?? null;
    return medianS === null
      ? ''
      : this.words.say('statistics.median', { duration: this.formats.duration(medianS) });
  });
  protected readonly trend = computed(() => {
    const view = this.view();
    if (!view) return null;
    const count = dayCount(view.from, view.to);
    if (count <= MAX_DAYS) {
      const bars = view.days.map((day) =>
        this.bar(this.formats.day(noonOf(day.from)), day.seconds),
      );
      const line = weeklyMean(bars.map(({ value }) => value));
      return { title: this.words.say('statistics.per_day'), bars, line };
    }
    const isWeeks = count <= MAX_WEEKS_DAYS;
    const bars = (isWeeks ? view.weeks : view.months).map((span) =>
      this.bar(
        isWeeks ? this.formats.date(noonOf(span.from)) : this.month(span.from),
        span.seconds,
      ),
    );
    const title = this.words.say(isWeeks ? 'statistics.per_week' : 'statistics.per_month');
    return { title, bars, line: undefined };
  });
  protected readonly weekdays = computed(() => {
    const weekday = new Intl.DateTimeFormat(this.language(), { weekday: 'short', timeZone: 'UTC' });
    return Array.from({ length: 7 }, (_, at) =>
      weekday.format(new Date((MONDAY + at) * 86_400_000)),
    );
  });
  protected readonly byWeekday = computed(() =>
    (this.view()?.byWeekday ?? []).map((seconds, at) =>
      this.bar(this.weekdays()[at] ?? '', seconds),
    ),
  );
  protected readonly byHour = computed(() =>
    (this.view()?.byHour ?? []).map((seconds, hour) => this.bar(String(hour), seconds)),
  );
  protected readonly members = computed<readonly ShareView[]>(() => {
    const all = this.view()?.byMember ?? [];
    return this.showsAllMembers() ? all : all.slice(0, SHOWN_AT_FIRST);
  });
  protected readonly hasMoreMembers = computed(
    () => !this.showsAllMembers() && (this.view()?.byMember.length ?? 0) > SHOWN_AT_FIRST,
  );

  protected reload(): void {
    this.answer.reload();
  }

  private hoursOf(seconds: number): string {
    return this.formats.number(seconds / SECONDS_PER_HOUR);
  }

  private bar(label: string, seconds: number): Bar {
    return { label, value: seconds / SECONDS_PER_HOUR };
  }

  private month(day: string): string {
    const format = new Intl.DateTimeFormat(this.language(), { month: 'short', year: 'numeric' });
    return format.format(new Date(noonOf(day)));
  }
}
