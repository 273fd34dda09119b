/** Error codes of this domain; each has a sentence in libs/i18n and a status in the API's table. */
export const MEMBER_ERRORS = [
  'member.not_found',
  'session.not_found',
  'mail.off',
  'mail.failed',
  'mail.no_base_url',
  'member.no_email',
  'auth.link_invalid',
  'auth.second_factor_wrong',
  'auth.bad_credentials',
  'auth.password_change_required',
  'auth.too_many_attempts',
  'auth.wrong_current_password',
  'auth.password_unchanged',
  'auth.password_common',
  'auth.password_about_owner',
] as const;
export type MemberErrorCode = (typeof MEMBER_ERRORS)[number];
