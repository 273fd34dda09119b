import type { HttpErrorCode } from '@fabomatic/kernel';
import type { MachineErrorCode } from '@fabomatic/machines';
import type { MemberErrorCode } from '@fabomatic/members';

/** Every code that a REST client can be answered with: add each domain's `...ErrorCode` here. */
type ErrorCode = HttpErrorCode | MachineErrorCode | MemberErrorCode;

/** The one table from code to HTTP status. It does not compile when a code is missing. */
const ERROR_STATUS: Readonly<Record<ErrorCode, number>> = {
  'request.invalid': 422,
  'request.not_found': 404,
  'request.too_large': 413,
  'request.malformed': 400,
  'request.outdated': 409,
  'request.too_many': 503,
  'auth.required': 401,
  'auth.forbidden': 403,
  internal: 500,
  'machine.not_found': 404,
  'machine.name_taken': 409,
  'machine_type.not_found': 404,
  'machine_type.name_taken': 409,
  'machine_type.in_use': 409,
  'member.not_found': 404,
  'auth.bad_credentials': 401,
  'auth.no_portal_access': 403,
  'auth.password_change_required': 403,
  'auth.too_many_attempts': 429,
  'auth.wrong_current_password': 422,
  'auth.password_unchanged': 422,
};

const statusOfCode = new Map<string, number>(Object.entries(ERROR_STATUS));

/** undefined for a code that is in no list: throwing it is a defect. */
export function statusOf(code: string): number | undefined {
  return statusOfCode.get(code);
}

/** The code for what Nest and Express refuse by themselves. */
export function codeOfStatus(status: number): HttpErrorCode {
  switch (status) {
    case 401:
      return 'auth.required';
    case 403:
      return 'auth.forbidden';
    case 404:
    case 405:
      return 'request.not_found';
    case 413:
      return 'request.too_large';
    case 422:
      return 'request.invalid';
    default:
      return status >= 500 ? 'internal' : 'request.malformed';
  }
}
