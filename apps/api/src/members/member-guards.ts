import { AppError } from '@fabomatic/kernel';
import {
  emailKey,
  type MailRole,
  mayChangeMember,
  type MemberView,
  type PortalAccess,
  SYSTEM_ROLE,
} from '@fabomatic/members';
import type { Editor } from '../auth/session.guard';
import type { Db, ReadDb } from '../database/db';
import { fieldError } from '../database/refusals';

export function isSelf({ by }: Editor, memberId: number): boolean {
  return by.kind === 'member' && by.id === memberId;
}

/** `accesses`: what the member's role gives in the portal, before and after. */
export function refuseUnlessMayChange(editor: Editor, ...accesses: PortalAccess[]): void {
  if (!mayChangeMember(editor.access, accesses)) throw new AppError('member.needs_administrator');
}

export function refuseDeleted(member: MemberView): void {
  if (member.deletedAt !== null) throw new AppError('member.deleted');
}

/** The role that a member is to be given. */
export async function assignableRole(
  db: ReadDb,
  roleId: number,
): Promise<MailRole & { id: number }> {
  const [role] = await db.query<{
    name: string;
    reserved: boolean;
    portal_access: PortalAccess;
    maintenance: boolean;
  }>('SELECT name, reserved, portal_access, maintenance FROM roles WHERE id = ?', [roleId]);
  if (role === undefined) throw new AppError('request.invalid', {}, { roleId: 'role.not_found' });
  if (role.reserved && role.name === SYSTEM_ROLE) {
    throw new AppError('request.invalid', {}, { roleId: 'role.reserved' });
  }
  return { id: roleId, portalAccess: role.portal_access, maintenance: role.maintenance };
}

/** 409 with the member who has the address already; `exceptId` may keep it. */
export async function refuseTakenEmail(
  db: ReadDb,
  email: string,
  exceptId: number | null,
): Promise<void> {
  const holder = await holderOfEmail(db, email, exceptId);
  if (holder !== null) throw fieldError('member.email_taken', 'email', { holder });
}

/** Name of another member with the address; imported addresses may be several members'. */
export async function holderOfEmail(
  db: ReadDb,
  email: string,
  exceptId: number | null,
): Promise<string | null> {
  const key = emailKey(email);
  const [holder] = await db.query<{ first_name: string; last_name: string }>(
    `SELECT first_name, last_name FROM members
     WHERE deleted_at IS NULL AND id <> ? AND (email_key = ? OR LOWER(TRIM(email)) = ?)
     ORDER BY id LIMIT 1`,
    [exceptId ?? 0, key, key],
  );
  return holder === undefined ? null : `${holder.first_name} ${holder.last_name}`.trim();
}

/**
 * Refuses a change after which nobody could administrate the lab any more: an administrator is
 * active, has a role with the access `admin`, an address and a password to log in with.
 */
export async function keepingAnAdministrator<T>(db: Db, change: () => Promise<T>): Promise<T> {
  const before = await countAdministrators(db);
  const result = await change();
  if (before > 0 && (await countAdministrators(db)) === 0) {
    throw new AppError('member.last_administrator');
  }
  return result;
}

async function countAdministrators(db: ReadDb): Promise<number> {
  const [row] = await db.query<{ total: number }>(
    `SELECT COUNT(*) AS total FROM members m JOIN roles r ON r.id = m.role_id
     WHERE r.portal_access = 'admin' AND m.disabled = ? AND m.deleted_at IS NULL
       AND m.email IS NOT NULL AND m.password_hash IS NOT NULL`,
    [false],
  );
  return row?.total ?? 0;
}
