import { inspect, types } from 'node:util';
import { printable } from './printable';

/** What one call of Nest's logger says, sorted out. */
export interface LogEntry {
  readonly message: string;
  /** The class or part of the program that speaks: 'BoardTransport'. */
  readonly context: string | undefined;
  readonly stack: string | undefined;
  /** What else was passed: shown in the file only. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * Nest passes `(message, ...details, context)`: the last text is the context; a text with lines
 * that begin with "at" is a stack; an object `{msg, ...fields}` is a message with fields.
 */
export function toLogEntry(message: unknown, details: readonly unknown[]): LogEntry {
  const rest = [...details];
  const context = typeof rest.at(-1) === 'string' && !isStack(rest.at(-1)) ? rest.pop() : undefined;
  const error = [message, ...rest].find(types.isNativeError);
  const stack = error?.stack ?? rest.find(isStack);
  const others = rest.filter(
    (detail) => detail !== error && detail !== stack && detail !== null && detail !== undefined,
  );
  return {
    message: printable(textOf(message)),
    context: typeof context === 'string' ? printable(context) : undefined,
    stack: error?.cause === undefined ? stack : `${stack}\ncaused by ${inspect(error.cause)}`,
    fields: { ...fieldsOf(message), ...(others.length > 0 ? { details: others } : {}) },
  };
}

function isStack(value: unknown): value is string {
  return typeof value === 'string' && /\n\s+at /.test(value);
}

function textOf(message: unknown): string {
  if (typeof message === 'string') return message;
  if (types.isNativeError(message)) return message.message;
  if (isRecord(message) && typeof message.msg === 'string') {
    const fields = Object.entries(fieldsOf(message));
    return [message.msg, ...fields.map(([name, value]) => `${name}=${shown(value)}`)].join(' ');
  }
  return shown(message);
}

function fieldsOf(message: unknown): Record<string, unknown> {
  if (!isRecord(message) || typeof message.msg !== 'string') return {};
  return Object.fromEntries(Object.entries(message).filter(([name]) => name !== 'msg'));
}

function shown(value: unknown): string {
  return typeof value === 'string'
    ? value
    : inspect(value, { breakLength: Infinity, depth: 3, maxStringLength: 500 });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !types.isNativeError(value);
}
