export { AppError, assertNever, type ErrorParams } from './app-error';
export { addDays, CalendarDay } from './calendar-day';
export { type Clock, type EpochS, monotonicMs, systemClock } from './clock';
export {
  FIELD_ERROR_CODES,
  type FieldErrorCode,
  HTTP_ERROR_CODES,
  type HttpErrorCode,
} from './http-errors';
export { startOfDayS } from './lab-day';
export { LabZone } from './lab-zone';
export {
  listQuery,
  QueryFlag,
  QueryId,
  QueryTime,
  SearchText,
  type SortKey,
  sortOf,
} from './list-query';
export { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, type Page, pageOf, PageQuery } from './page';
export {
  fromIso,
  IsoTime,
  SECONDS_PER_DAY,
  SECONDS_PER_HOUR,
  SECONDS_PER_MINUTE,
  toIso,
  toIsoOrNull,
} from './units';
export { Versioned } from './version';
export { type ClockParts, clockParts } from './zone-clock';
