/** Values that fill the placeholders of an error's sentence in `libs/i18n`. */
export type ErrorParams = Readonly<Record<string, string | number>>;

/**
 * An error that a person or a REST client is told about.
 * `code` is `<domain>.<what>` and is translated in `libs/i18n` under `errors.<code>`; the API maps
 * it to one HTTP status. Anything else that is thrown is a defect and is answered with 500.
 */
export class AppError extends Error {
  constructor(
    readonly code: string,
    readonly params: ErrorParams = {},
    /** Field name (dotted path) -> error code of that field. */
    readonly fields?: Readonly<Record<string, string>>,
  ) {
    super(`${code} ${JSON.stringify(params)}`);
    this.name = 'AppError';
  }
}

/** Makes a `switch` over a union fail to compile when a member is missing. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}
