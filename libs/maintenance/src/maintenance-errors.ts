/** Error codes of this domain; each has a sentence in libs/i18n and a status in the API's table. */
export const MAINTENANCE_ERRORS = [
  'plan.not_found',
  /** More than no hours, and at most a million. */
  'plan.interval_invalid',
  /** The message has a letter that no board can show. */
  'plan.message_not_showable',
  /** Neither http nor https. */
  'plan.link_invalid',
  'intervention.not_found',
  'intervention.in_future',
  /** A member who does not exist any more, or the one who stands for nobody. */
  'intervention.member_invalid',
] as const;
export type MaintenanceErrorCode = (typeof MAINTENANCE_ERRORS)[number];
