import { types } from 'node:util';

const { isNativeError } = types;

/**
 * A reason not to start that the person at the keyboard can do something about. The message is
 * one clear sentence (or a list of them) and is all that they see: no stack.
 */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartError';
  }
}

/**
 * The code of an error of the operating system or of SQLite: 'EACCES', 'SQLITE_CORRUPT'; undefined
 * for any other. The errors of better-sqlite3 are no native ones, those of Node are perhaps not of
 * this realm: either test alone would miss some.
 */
export function systemErrorCode(error: unknown): string | undefined {
  if (!isNativeError(error) && !(error instanceof Error)) return undefined;
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
