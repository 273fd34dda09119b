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

/** The code of an error of the operating system: 'EACCES', 'ENOENT'; undefined for any other. */
export function systemErrorCode(error: unknown): string | undefined {
  return isNativeError(error) && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
