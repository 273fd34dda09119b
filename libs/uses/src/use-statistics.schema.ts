import { QueryId } from '@fabomatic/kernel';
import * as z from 'zod';

/** A day in the lab's time zone: 2026-11-24. */
const Day = z.iso.date();

/** The longest range: ten years. */
export const MAX_STATISTICS_DAYS = 3660;

/**
 * Query of `GET /api/v1/statistics`: whole days of the lab, both included; the last twelve months
 * when nothing is said. Only uses of one machine, of one type of machines, of one member.
 */
export const StatisticsQuery = z.strictObject({
  from: Day.optional(),
  to: Day.optional(),
  typeId: QueryId.optional(),
  machineId: QueryId.optional(),
  memberId: QueryId.optional(),
});
export type StatisticsQuery = z.infer<typeof StatisticsQuery>;

const seconds = z.number().min(0);
const uses = z.number().int().min(0);

/** Seconds of use within a span of days, and how many uses began in it. `from`: its first day. */
const SpanView = z.object({ from: Day, seconds, uses });
export type SpanView = z.infer<typeof SpanView>;

const ShareView = z.object({ id: z.number().int(), name: z.string(), seconds, uses });
export type ShareView = z.infer<typeof ShareView>;

/**
 * Uses that have ended, in the lab's time zone. A use counts in each hour, day, week and month for
 * the part that lies in it; it is one of the uses of the day on which it began.
 */
export const StatisticsView = z.object({
  from: Day,
  to: Day,
  timezone: z.string(),
  seconds,
  uses,
  /** Half of the uses were shorter; null without any. */
  medianS: seconds.nullable(),
  /** Seconds of use in as many days before `from`; null when the lab's records begin among them. */
  secondsBefore: seconds.nullable(),
  /** Members who used a machine. */
  members: z.number().int().min(0),
  days: z.array(SpanView),
  /** Weeks begin on Monday. */
  weeks: z.array(SpanView),
  months: z.array(SpanView),
  /** The most used first; all machines that were used. */
  byMachine: z.array(ShareView),
  /** The hundred with the most hours. Uses without a member are not among them. */
  byMember: z.array(ShareView),
  /** Seconds of use, Monday first. */
  byWeekday: z.array(seconds).length(7),
  /** Seconds of use, from midnight on. */
  byHour: z.array(seconds).length(24),
  /** Monday first, from midnight on: how many machines were in use, in the mean. */
  busy: z.array(z.array(z.number().min(0)).length(24)).length(7),
});
export type StatisticsView = z.infer<typeof StatisticsView>;
