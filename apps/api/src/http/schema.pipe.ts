import { AppError, type FieldErrorCode } from '@fabomatic/kernel';
import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { z } from 'zod';

/** A code that a schema gives as its message: 'member.card_uid_invalid'. */
const OWN_CODE = /^[a-z_]+\.[a-z_.]+$/;

/** Of the path of a field in an answer; no schema of ours is nested so deep. */
const MAX_PATH = 200;

/**
 * Checks every parameter that names its schema: `@Body({ schema: MachineCreate }) body`. What does
 * not pass is answered with 422 and the code of each field. The same schema goes into the API's
 * description.
 */
@Injectable()
export class SchemaPipe implements PipeTransform<unknown, unknown> {
  transform(value: unknown, { schema, type }: ArgumentMetadata): unknown {
    if (!(schema instanceof z.ZodType)) return value;
    const nulAt = pathOfNul(value);
    if (nulAt !== null && type === 'param') throw new AppError('request.not_found');
    if (nulAt !== null) throw new AppError('request.invalid', {}, { [nulAt]: 'field.invalid' });
    // A request without a body is one whose required fields are all missing.
    const parsed = schema.safeParse(value ?? {});
    if (parsed.success) return parsed.data;
    // There is nothing at an address whose id is no number.
    if (type === 'param') throw new AppError('request.not_found');
    throw new AppError('request.invalid', {}, fieldCodes(parsed.error.issues, value));
  }
}

/**
 * Where a text holds the character NUL, which nobody types and PostgreSQL cannot store; null: nowhere.
 * Without recursion: a body can be nested deeper than the stack is.
 */
function pathOfNul(value: unknown): string | null {
  const left: (readonly [path: string, value: unknown])[] = [['', value]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [path, found] = next;
    if (typeof found === 'string' && found.includes('\0')) return path;
    if (typeof found !== 'object' || found === null) continue;
    for (const [key, each] of Object.entries(found)) {
      left.push([path === '' ? key : `${path.slice(0, MAX_PATH)}.${key}`, each]);
    }
  }
  return null;
}

/** Dotted path -> code. The first problem of a field counts; '' is the whole body. */
export function fieldCodes(
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
): Record<string, string> {
  const codes: Record<string, string> = {};
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) codes[[...issue.path, key].join('.')] ??= 'field.unknown';
    } else {
      codes[issue.path.join('.')] ??= codeOf(issue, value);
    }
  }
  return codes;
}

function codeOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (OWN_CODE.test(issue.message)) return issue.message;
  const code: FieldErrorCode = standardCode(issue, value);
  return code;
}

function standardCode(issue: z.core.$ZodIssue, value: unknown): FieldErrorCode {
  switch (issue.code) {
    case 'too_small':
      return 'field.too_small';
    case 'too_big':
      return 'field.too_big';
    default:
      return valueAt(value, issue.path) === undefined ? 'field.required' : 'field.invalid';
  }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}
