/** Why a board refused a known card: a key of `refusal.*` in libs/i18n. */
export const REFUSAL_REASONS = [
  'member-disabled',
  'machine-blocked',
  'not-authorised',
  'machine-unknown',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];
