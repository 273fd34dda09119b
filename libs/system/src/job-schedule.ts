import { clockParts, SECONDS_PER_DAY, SECONDS_PER_MINUTE, startOfDayS } from '@fabomatic/kernel';
import { labDay } from './lab-time';

const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
type Weekday = (typeof WEEKDAYS)[number];

/** When a job is due, in the lab's time zone. */
export interface JobSchedule {
  /** 'daily 03:30' */
  readonly text: string;
  /** null: every day. */
  readonly weekday: Weekday | null;
  /** Minutes since midnight. */
  readonly minuteOfDay: number;
}

const NOTATION = new RegExp(`^(daily|${WEEKDAYS.join('|')}) ([01]\\d|2[0-3]):([0-5]\\d)$`);
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY_DAY = 4;
const HALF_DAY_MIN = 720;

/** 'daily 03:30' or 'monday 07:00'; null for any other text. */
export function parseJobSchedule(text: string): JobSchedule | null {
  const [, day, hour, minute] = NOTATION.exec(text.trim().toLowerCase()) ?? [];
  if (day === undefined) return null;
  return {
    text: `${day} ${hour}:${minute}`,
    weekday: WEEKDAYS.find((weekday) => weekday === day) ?? null,
    minuteOfDay: Number(hour) * 60 + Number(minute),
  };
}

/**
 * The latest moment (epoch seconds) at which the job was due, `nowS` included. Worked row: 'daily
 * 03:30' in Rome, asked on 24 November 2026 at 02:00 -> 23 November, 02:30 UTC.
 */
export function latestDueS(schedule: JobSchedule, nowS: number, timezone: string): number {
  for (let noonS = noonOf(nowS, timezone); ; noonS = noonOf(noonS - SECONDS_PER_DAY, timezone)) {
    const dueS = dueOnDayOf(noonS, schedule, timezone);
    if (dueS !== null && dueS <= nowS) return dueS;
  }
}

/** The first moment after `nowS` at which the job is due. */
export function nextDueS(schedule: JobSchedule, nowS: number, timezone: string): number {
  for (let noonS = noonOf(nowS, timezone); ; noonS = noonOf(noonS + SECONDS_PER_DAY, timezone)) {
    const dueS = dueOnDayOf(noonS, schedule, timezone);
    if (dueS !== null && dueS > nowS) return dueS;
  }
}

/** Twelve hours into the day: a day further from there is the next day even when clocks change. */
function noonOf(epochS: number, timezone: string): number {
  return startOfDayS(epochS, timezone) + SECONDS_PER_DAY / 2;
}

function dueOnDayOf(
  noonS: number,
  { weekday, minuteOfDay }: JobSchedule,
  timezone: string,
): number | null {
  const midnightS = startOfDayS(noonS, timezone);
  if (weekday !== null && weekdayOf(noonS, timezone) !== weekday) return null;
  const guessS = midnightS + minuteOfDay * SECONDS_PER_MINUTE;
  // On the two days on which the clocks change the hours since midnight are not what clocks show.
  const offMin = minuteOfDay - minutesShown(guessS, timezone);
  const shiftMin = offMin > HALF_DAY_MIN ? offMin - 2 * HALF_DAY_MIN : offMin;
  return guessS + shiftMin * SECONDS_PER_MINUTE;
}

function weekdayOf(noonS: number, timezone: string): Weekday {
  return WEEKDAYS[(labDay(noonS, timezone) - FIRST_MONDAY_DAY) % 7] ?? 'monday';
}

/** Minutes since midnight as clocks in the time zone show them; an hour is off at most. */
function minutesShown(epochS: number, timezone: string): number {
  const { hour, minute } = clockParts(epochS, timezone);
  return hour * 60 + minute;
}
