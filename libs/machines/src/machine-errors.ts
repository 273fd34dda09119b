/** Error codes of this domain; each has a sentence in libs/i18n and a status in the API's table. */
export const MACHINE_ERRORS = [
  'machine.not_found',
  'machine.name_taken',
  /** None, up to a million. */
  'machine.hours_invalid',
  /** Somebody is working on it: deleting asks for `force`. */
  'machine.in_use',
  'machine_type.not_found',
  'machine_type.name_taken',
  /** `machines` of this type stand in the way. */
  'machine_type.in_use',
  /** The member who sends it has no card of their own. */
  'command.no_card',
  'command.offline',
  'command.broker_down',
  /** Somebody else is working there. */
  'command.in_use',
  'command.not_in_use',
  'command.not_allowed',
  'command.blocked',
  /** A plan is due, and only staff may go on. */
  'command.maintenance_due',
  /** Another command waits for its outcome. */
  'command.pending',
] as const;
export type MachineErrorCode = (typeof MACHINE_ERRORS)[number];
