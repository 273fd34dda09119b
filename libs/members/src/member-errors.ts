/** Error codes of this domain; each has a sentence in libs/i18n and a status in the API's table. */
export const MEMBER_ERRORS = [
  'member.not_found',
  'authorization.not_found',
  /** The pair exists already. */
  'authorization.taken',
  'authorization.too_many',
  /** Deleted members are only read and restored. */
  'member.deleted',
  'member.not_deleted',
  'member.email_taken',
  'member.email_for_summary',
  'member.email_for_portal',
  'member.card_uid_invalid',
  'member.card_taken',
  'member.card_not_found',
  /** Nobody shuts themselves out. */
  'member.self',
  'member.last_administrator',
  'member.needs_administrator',
  'role.not_found',
  'role.name_taken',
  'role.reserved',
  'role.in_use',
  'unrecognized_card.not_found',
  'auth.bad_credentials',
  'auth.no_portal_access',
  'auth.password_change_required',
  'auth.too_many_attempts',
  'auth.wrong_current_password',
  'auth.password_unchanged',
] as const;
export type MemberErrorCode = (typeof MEMBER_ERRORS)[number];
