import { IsoTime, listQuery } from '@fabomatic/kernel';
import * as z from 'zod';

export const JOB_OUTCOMES = ['running', 'done', 'failed', 'interrupted'] as const;
export type JobOutcome = (typeof JOB_OUTCOMES)[number];

/** What made a job run. */
export const JOB_TRIGGERS = ['schedule', 'member', 'api-key', 'command'] as const;
export type JobTrigger = (typeof JOB_TRIGGERS)[number];

/** `POST /api/v1/jobs/:name/run` */
export const JobRunRequest = z.strictObject({
  /** Counts what would be done, and does nothing. */
  dryRun: z.boolean().default(false),
});
export type JobRunRequest = z.infer<typeof JobRunRequest>;

export const JobRunView = z.object({
  id: z.number().int().positive(),
  job: z.string(),
  startedAt: IsoTime,
  /** null while it runs, and for ever when the program ended in between. */
  endedAt: IsoTime.nullable(),
  outcome: z.enum(JOB_OUTCOMES),
  isDryRun: z.boolean(),
  trigger: z.enum(JOB_TRIGGERS),
  /** The name of the member who asked for it. */
  triggeredBy: z.string().nullable(),
  /** What was done: kind -> how many. */
  summary: z.record(z.string(), z.number()),
  error: z.string().nullable(),
});
export type JobRunView = z.infer<typeof JobRunView>;

export const JobView = z.object({
  /** 'purge' */
  name: z.string(),
  /** 'daily 03:30' in the lab's time zone; null: by hand only. */
  schedule: z.string().nullable(),
  nextRunAt: IsoTime.nullable(),
  canDryRun: z.boolean(),
  lastRun: JobRunView.nullable(),
});
export type JobView = z.infer<typeof JobView>;

export const JobList = z.object({ items: z.array(JobView) });
export type JobList = z.infer<typeof JobList>;

export const JobRunListQuery = listQuery(['startedAt'], '-startedAt', {});
export type JobRunListQuery = z.infer<typeof JobRunListQuery>;
