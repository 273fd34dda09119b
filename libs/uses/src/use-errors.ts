/** Error codes of this domain; each has a sentence in libs/i18n and a status in the API's table. */
export const USE_ERRORS = [
  'use.not_found',
  'use.end_before_start',
  'use.in_future',
  /** Longer than `hours`: to be confirmed. */
  'use.long_unconfirmed',
  /** Longer than `days`: refused. */
  'use.too_long',
  /** Use `id` of the same machine lies in the same time. */
  'use.overlaps',
  'use.still_open',
  'use.not_open',
  /** Its board was heard less than `minutes` ago: the machine is running. */
  'use.board_speaks',
  'statistics.to_before_from',
  'statistics.too_long',
] as const;
export type UseErrorCode = (typeof USE_ERRORS)[number];
