import { emailKey } from '@fabomatic/members';
import { givePortal } from '../members/portal-role.service';
import type { PortalAccess } from '../members/role.entity';
import { StartError } from '../start-error';
import type { ImportContext } from './import-context';
import type { OriginalFile } from './original-file';
import { filledTextOf, flagOf, textOf } from './original-values';
import type { FirstAdministrator } from './target-tables';

export const ROLE_NAMES = ['Portal admins', 'Portal admins (FabOMatic)'] as const;

/** Its address when a member of the imported lab has the usual one. */
export const OTHER_ADDRESS = 'first-admin@fabomatic.invalid';

/** Somebody of the file who could administrate. */
export interface PortalCandidate {
  readonly name: string;
  readonly email: string;
}

/**
 * Who could log in to the original, when the file has no portal admin: any role that may use all
 * machines opened it. Empty when there is an admin.
 */
export function portalCandidates(original: OriginalFile): PortalCandidate[] {
  return portalAdmins(original).length > 0 ? [] : withFlag(original, 'authorize_all');
}

/** Whose role in the file is for the portal, and who can log in. */
export function portalAdmins(original: OriginalFile): PortalCandidate[] {
  return withFlag(original, 'backend_admin');
}

function withFlag(original: OriginalFile, flag: string): PortalCandidate[] {
  const roles = new Map([...original.rows('roles', 'role_id')].map((row) => [row['role_id'], row]));
  return [...original.rows('users', 'user_id')]
    .filter(
      (user) =>
        !flagOf(user['deleted']) &&
        !flagOf(user['disabled']) &&
        filledTextOf(user['email']) !== null &&
        filledTextOf(user['password_hash']) !== null &&
        flagOf(roles.get(user['role_id'])?.[flag]),
    )
    .map((user) => ({
      name: `${textOf(user['name']) ?? ''} ${textOf(user['surname']) ?? ''}`.trim(),
      email: filledTextOf(user['email']) ?? '',
    }));
}

/**
 * Gives a member of the file the portal, by a role that does the same at machines as the one before:
 * others of that role stay what they are.
 */
export async function nameAdmin(
  { db, report }: Pick<ImportContext, 'db' | 'report'>,
  email: string,
): Promise<void> {
  const [member, ...more] = await db.query<{ id: number; name: string; has_password: boolean }>(
    `SELECT id, first_name || ' ' || last_name AS name, password_hash IS NOT NULL AS has_password
     FROM members WHERE LOWER(email) = LOWER(?) AND deleted_at IS NULL AND disabled = ?`,
    [email, false],
  );
  if (member === undefined || more.length > 0) {
    const how = member === undefined ? 'Nobody' : 'More than one';
    throw new StartError(`${how} of the file has the address ${email} and is active.`);
  }
  await givePortal(db, member.id);
  const example = { form: 'text', text: `${member.name.trim()} (${email})` } as const;
  report.note('admin_named', example);
  if (!member.has_password) report.note('admin_without_password', example);
}

/**
 * Tells who could log in to the original and cannot here: there any role that may use all machines
 * opened the portal. After those who are named.
 */
export async function tellWhoStaysOut({ db, report }: ImportContext): Promise<void> {
  const members = await db.query<{ name: string }>(
    `SELECT m.first_name || ' ' || m.last_name || ' (' || m.email || ')' AS name
     FROM members m JOIN roles r ON r.id = m.role_id
     WHERE m.deleted_at IS NULL AND m.disabled = ? AND m.email IS NOT NULL
       AND m.password_hash IS NOT NULL AND r.authorize_all = ? AND r.portal_access = ?
     ORDER BY m.id`,
    [false, true, 'none' satisfies PortalAccess],
  );
  for (const { name } of members) report.note('could_log_in', { form: 'text', text: name });
}

/**
 * Without anybody who can administrate, the portal would be shut for good. Nobody of the original
 * is made an admin in passing; the first administrator of a new database stays instead.
 */
export async function keepOneAdmin(
  { db, report, nowS }: ImportContext,
  first: FirstAdministrator | null,
): Promise<void> {
  const admins = await db.query(
    `SELECT m.id FROM members m JOIN roles r ON r.id = m.role_id
     WHERE m.deleted_at IS NULL AND m.disabled = ? AND m.email IS NOT NULL
       AND m.password_hash IS NOT NULL AND r.portal_access = ?`,
    [false, 'admin' satisfies PortalAccess],
  );
  if (admins.length > 0) return;
  if (first === null) {
    report.note('nobody_can_log_in');
    return;
  }
  const email = await freeAddress(first.email);
  const roleId = await db.insert('roles', {
    name: await freeRoleName(),
    portal_access: 'admin' satisfies PortalAccess,
  });
  await db.insert('members', {
    first_name: first.firstName,
    last_name: first.lastName,
    email,
    email_key: emailKey(email),
    role_id: roleId,
    password_hash: first.passwordHash,
    must_change_password: true,
    created_at: nowS,
  });
  report.note('first_admin_stays', { form: 'text', text: email });

  async function freeAddress(usual: string | null): Promise<string> {
    const taken = await db.query('SELECT id FROM members WHERE LOWER(email) = LOWER(?)', [usual]);
    return usual === null || taken.length > 0 ? OTHER_ADDRESS : usual;
  }

  async function freeRoleName(): Promise<string> {
    const taken = await db.query('SELECT id FROM roles WHERE name = ?', [ROLE_NAMES[0]]);
    return taken.length > 0 ? ROLE_NAMES[1] : ROLE_NAMES[0];
  }
}
