import { CalendarDay } from '@fabomatic/kernel';

/** Day, month and year as Europe writes them, or year first; a time behind it does not count. */
const DAY_FIRST = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/;
const YEAR_FIRST = /^(\d{4})([./-])(\d{1,2})\2(\d{1,2})$/;
const MIDNIGHT = /[T ]00:00(?::00(?:\.0+)?)?Z?$/;
const EARLIEST: CalendarDay = '1900-01-01';

/**
 * A day as people write it in a table: '24.11.2026', '24/11/2026' or '2026-11-24', the day always before
 * the month. null: no day of the calendar, or one before 1900; two digits say no year.
 */
export function readDay(text: string): CalendarDay | null {
  const plain = text.trim().replace(MIDNIGHT, '');
  const [, day, , month, year] = DAY_FIRST.exec(plain) ?? [];
  const [, yearFirst, , monthThen, dayLast] = YEAR_FIRST.exec(plain) ?? [];
  const parts = [year ?? yearFirst, month ?? monthThen, day ?? dayLast];
  const iso = parts.map((part = '') => part.padStart(2, '0')).join('-');
  return CalendarDay.safeParse(iso).success && iso >= EARLIEST ? iso : null;
}
