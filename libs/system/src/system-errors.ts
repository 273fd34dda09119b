/** Error codes of running the product; each has a sentence in libs/i18n and a status in the API's table. */
export const SYSTEM_ERRORS = [
  'job.not_found',
  /** It runs already. */
  'job.running',
  /** This job cannot tell what it would do. */
  'job.no_dry_run',
] as const;
export type SystemErrorCode = (typeof SYSTEM_ERRORS)[number];
