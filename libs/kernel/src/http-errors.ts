/** Codes of {@link AppError} that belong to no domain: what can be wrong with any request. */
export const HTTP_ERROR_CODES = [
  /** Read, but its values do not pass: `fields` says which. */
  'request.invalid',
  'request.not_found',
  'request.too_large',
  /** Not even readable: broken JSON. */
  'request.malformed',
  /** Somebody else changed the record meanwhile; `version` is what it is now. */
  'request.outdated',
  /** More readers at once than the server takes. */
  'request.too_many',
  /** A page of another site made the browser send it. */
  'request.other_site',
  'auth.required',
  'auth.forbidden',
  /** A defect: the `correlationId` leads to the line of the log. */
  'internal',
] as const;
export type HttpErrorCode = (typeof HTTP_ERROR_CODES)[number];

/** What can be wrong with one field, unless its schema gives a code of its own. */
export const FIELD_ERROR_CODES = [
  'field.required',
  'field.invalid',
  'field.too_small',
  'field.too_big',
  'field.unknown',
] as const;
export type FieldErrorCode = (typeof FIELD_ERROR_CODES)[number];
