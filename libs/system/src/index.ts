export { type JobSchedule, latestDueS, nextDueS, parseJobSchedule } from './job-schedule';
export {
  JOB_OUTCOMES,
  JOB_TRIGGERS,
  JobList,
  type JobOutcome,
  JobRunListQuery,
  JobRunRequest,
  JobRunView,
  type JobTrigger,
  JobView,
} from './job.schema';
export { SYSTEM_ERRORS, type SystemErrorCode } from './system-errors';
