/** Error codes of this domain; each has a sentence in libs/i18n and a status in the API's table. */
export const MACHINE_ERRORS = [
  'machine.not_found',
  'machine.name_taken',
  'machine_type.not_found',
  'machine_type.name_taken',
  /** `machines` of this type stand in the way. */
  'machine_type.in_use',
] as const;
export type MachineErrorCode = (typeof MACHINE_ERRORS)[number];
