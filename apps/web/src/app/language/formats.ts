import { computed, inject, Injectable } from '@angular/core';
import { fromIso, SECONDS_PER_DAY, SECONDS_PER_HOUR, SECONDS_PER_MINUTE } from '@fabomatic/kernel';
import { LabFacts } from '../live/lab-facts';
import { durationParts } from './duration';
import { LanguageChoice } from './language-choice';
import { Words } from './words';

const SIZE_UNITS = ['bytes', 'kb', 'mb', 'gb', 'tb'] as const;
/** Gigabytes and what is larger. */
const TENTHS_FROM_POWER = 3;

/**
 * The reader's region where the browser names one for the chosen language ('de-CH'). 'en-US' is
 * what many browsers say that nobody ever set up, so it does not count.
 */
function localeFor(language: string, preferred: readonly string[]): string {
  const own = preferred.find((tag) => tag.startsWith(`${language}-`) && tag !== 'en-US');
  return own ?? (language === 'en' ? 'en-GB' : language);
}

/** Times, dates and numbers in the reader's language and the lab's time zone; 24 hour clock. */
@Injectable({ providedIn: 'root' })
export class Formats {
  private readonly words = inject(Words);
  private readonly language = inject(LanguageChoice).current;
  private readonly lab = inject(LabFacts).lab;

  private readonly intl = computed(() => {
    const locale = localeFor(this.language(), navigator.languages);
    const timeZone = this.lab()?.timezone;
    const date = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale, { timeZone, hourCycle: 'h23', ...options });
    const decimals = (digits: number) =>
      new Intl.NumberFormat(locale, { maximumFractionDigits: digits });
    return {
      clock: date({ hour: '2-digit', minute: '2-digit' }),
      second: date({ hour: '2-digit', minute: '2-digit', second: '2-digit' }),
      weekday: date({ weekday: 'short' }),
      day: date({ day: 'numeric', month: 'short' }),
      weekdayAndDay: date({ weekday: 'short', day: 'numeric', month: 'short' }),
      date: date({ day: 'numeric', month: 'short', year: 'numeric' }),
      calendarDay: date({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
      exact: date({ dateStyle: 'full', timeStyle: 'long' }),
      sortable: new Intl.DateTimeFormat('en-CA', { timeZone }),
      relative: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
      whole: decimals(0),
      tenths: decimals(1),
      alwaysTenths: new Intl.NumberFormat(locale, {
        minimumFractionDigits: 1,
        maximumFractionDigits: 1,
      }),
    };
  });

  /** 22140 -> '22,140' */
  number(value: number): string {
    return this.intl().whole.format(value);
  }

  /** Bytes in the unit that suits them: 39 845 888 -> '38 MB', 19 542 101 197 -> '18.2 GB'. */
  size(bytes: number): string {
    const power = Math.min(SIZE_UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
    const figure = bytes / 1024 ** power;
    const { whole, tenths } = this.intl();
    const shown = power >= TENTHS_FROM_POWER ? tenths.format(figure) : whole.format(figure);
    return `${shown}\u00a0${this.words.say(`units.${SIZE_UNITS[power] ?? 'bytes'}`)}`;
  }

  /** Seconds as hours of a machine: 4 624 560 -> '1,284.6' */
  hours(seconds: number): string {
    return this.intl().alwaysTenths.format(seconds / SECONDS_PER_HOUR);
  }

  /** Seconds as hours of a plan, whole where they are whole: 130 320 -> '36.2', 144 000 -> '40' */
  planHours(seconds: number): string {
    return this.intl().tenths.format(seconds / SECONDS_PER_HOUR);
  }

  /** 7500 -> '2 h 05 min', which does not break over lines. */
  duration(seconds: number): string {
    return durationParts(seconds)
      .map(({ figure, unit }) => `${figure}\u00a0${this.words.say(`units.${unit}`)}`)
      .join('\u00a0');
  }

  /** '14:18' */
  clock(iso: string): string {
    return this.intl().clock.format(new Date(iso));
  }

  /** '14:18:07', for what happens within seconds. */
  second(iso: string): string {
    return this.intl().second.format(new Date(iso));
  }

  /** 'Tue 24 Nov' */
  day(iso: string): string {
    return this.intl().weekdayAndDay.format(new Date(iso));
  }

  /** '24 Nov 2026' */
  date(iso: string): string {
    return this.intl().date.format(new Date(iso));
  }

  /** '2026-11-24', a day in no time zone -> '24 Nov 2026'. */
  calendarDay(day: string): string {
    return this.intl().calendarDay.format(new Date(day));
  }

  /** 'Tuesday 24 November 2026 at 14:18:00 CET', for the title of a shorter form. */
  exact(iso: string): string {
    return this.intl().exact.format(new Date(iso));
  }

  /** '14:18' today, 'yesterday 18:05', 'Sat 18:05' within a week, '2 Nov' before. */
  when(iso: string, nowS: number): string {
    const day = this.dayWord(iso, nowS);
    if (day === null) return this.clock(iso);
    return this.daysAgo(iso, nowS) < 7 ? `${day} ${this.clock(iso)}` : day;
  }

  /** 'since 14:18', 'since yesterday', 'since 2 Nov': three sentences, since languages differ. */
  since(iso: string, nowS: number): string {
    const day = this.dayWord(iso, nowS);
    if (day === null) return this.words.say('time.since_clock', { time: this.clock(iso) });
    return this.daysAgo(iso, nowS) < 7
      ? this.words.say('time.since_day', { day })
      : this.words.say('time.since_date', { date: day });
  }

  /** '4 s', '3 h 11 min' for a board's silence; days beyond two of them. */
  elapsed(iso: string, nowS: number): string {
    const seconds = nowS - fromIso(iso);
    return seconds < 2 * SECONDS_PER_DAY ? this.duration(seconds) : this.dayOnly(iso);
  }

  /** '12 minutes ago' */
  ago(iso: string, nowS: number): string {
    const seconds = Math.max(0, nowS - fromIso(iso));
    const { relative } = this.intl();
    if (seconds < SECONDS_PER_MINUTE) return this.words.say('time.now');
    if (seconds < SECONDS_PER_HOUR)
      return relative.format(-Math.floor(seconds / SECONDS_PER_MINUTE), 'minute');
    if (seconds < SECONDS_PER_DAY)
      return relative.format(-Math.floor(seconds / SECONDS_PER_HOUR), 'hour');
    return relative.format(-Math.max(1, this.daysAgo(iso, nowS)), 'day');
  }

  /** What is foreseen, the less exactly the further away: 'tomorrow', 'in 5 days', 'in 3 weeks'. */
  until(iso: string, nowS: number): string {
    const days = Math.max(0, -this.daysAgo(iso, nowS));
    const { relative } = this.intl();
    if (days < 14) return relative.format(days, 'day');
    if (days < 70) return relative.format(Math.round(days / 7), 'week');
    if (days < 700) return relative.format(Math.round(days / 30), 'month');
    return relative.format(Math.round(days / 365), 'year');
  }

  private dayOnly(iso: string): string {
    return this.intl().day.format(new Date(iso));
  }

  /** null for today, else the shortest word for the day. */
  private dayWord(iso: string, nowS: number): string | null {
    const days = this.daysAgo(iso, nowS);
    if (days <= 0) return null;
    const { relative, weekday } = this.intl();
    if (days === 1) return relative.format(-1, 'day');
    return days < 7 ? weekday.format(new Date(iso)) : this.dayOnly(iso);
  }

  /** Midnights of the lab between then and now. */
  private daysAgo(iso: string, nowS: number): number {
    const { sortable } = this.intl();
    const midnight = (time: Date) => Date.parse(sortable.format(time));
    return Math.round((midnight(new Date(nowS * 1000)) - midnight(new Date(iso))) / 86_400_000);
  }
}
