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
 * for any other. By its shape: the errors of better-sqlite3 are no native ones, and those of Node
 * and of native packages are perhaps not of this realm.
 */
export function systemErrorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('message' in error)) return undefined;
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
