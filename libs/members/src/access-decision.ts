import type { MachineAccess, RefusalReason } from '@fabomatic/machines';
import type { MachineRole } from './role';

/** Level that a board is told: 1 ordinary member, 2 staff (may work when maintenance is due). */
export const LEVEL_MEMBER = 1;
export const LEVEL_STAFF = 2;
export type AccessLevel = typeof LEVEL_MEMBER | typeof LEVEL_STAFF;

export interface AccessMember {
  disabled: boolean;
  deleted: boolean;
  role: MachineRole;
}

export interface AccessMachine {
  blocked: boolean;
  /** null: no type, which asks for an authorisation. */
  access: MachineAccess | null;
}

export type AccessDecision =
  | { allowed: true; level: AccessLevel }
  | { allowed: false; reason: Exclude<RefusalReason, 'machine-unknown'> };

/**
 * May this member use this machine now? In this order: a disabled or deleted member may not; a
 * role with `authorizeAll` may, whatever the machine's state; a blocked machine lets nobody else
 * in; an open machine type lets everybody in; else only an authorisation for this machine counts.
 * Staff (level 2) are those with `authorizeAll`, and those with `maintenance`, who otherwise would
 * never be asked by the board whether a due maintenance was done.
 */
export function decideAccess(
  member: AccessMember,
  machine: AccessMachine,
  isAuthorised: boolean,
): AccessDecision {
  const { role } = member;
  if (member.disabled || member.deleted) return { allowed: false, reason: 'member-disabled' };
  if (role.authorizeAll) return { allowed: true, level: LEVEL_STAFF };
  if (machine.blocked) return { allowed: false, reason: 'machine-blocked' };
  if (machine.access !== 'open' && !isAuthorised)
    return { allowed: false, reason: 'not-authorised' };
  return { allowed: true, level: role.maintenance ? LEVEL_STAFF : LEVEL_MEMBER };
}
