import { emailKey } from '@fabomatic/members';
import type { PortalAccess } from '../members/role.entity';
import type { ImportContext } from './import-context';
import type { FirstAdministrator } from './target-tables';

const ROLE_NAMES = ['Portal admins', 'Portal admins (FabOMatic)'] as const;

/** Its address when a member of the imported lab has the usual one. */
const OTHER_ADDRESS = 'first-admin@fabomatic.invalid';

/**
 * Without anybody who can administrate, the portal would be shut for good. Nobody of the original
 * is made an admin in passing; the first administrator of a new database stays instead.
 */
export async function keepOneAdmin(
  { db, report, nowS }: ImportContext,
  first: FirstAdministrator | null,
): Promise<void> {
  const members = await db.query<{ name: string; portal_access: PortalAccess; all: boolean }>(
    `SELECT m.first_name || ' ' || m.last_name || ' (' || COALESCE(m.email, '') || ')' AS name,
       r.portal_access, r.authorize_all AS "all"
     FROM members m JOIN roles r ON r.id = m.role_id
     WHERE m.deleted_at IS NULL AND m.disabled = ? AND m.email IS NOT NULL
       AND m.password_hash IS NOT NULL ORDER BY m.id`,
    [false],
  );
  if (members.some((member) => member.portal_access === 'admin')) return;
  for (const { name } of members.filter((member) => member.all)) {
    report.note(
      'could log in to the original and cannot here, since no role of the file is for the portal: give those whom you trust a role that is',
      name,
    );
  }
  if (first === null) {
    report.note('nobody can log in to the portal');
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
  report.note(
    `the file has no portal admin: the first administrator of a new database stays, ${email} (first password: admin, to be changed at once)`,
  );

  async function freeAddress(usual: string | null): Promise<string> {
    const taken = await db.query('SELECT id FROM members WHERE LOWER(email) = LOWER(?)', [usual]);
    return usual === null || taken.length > 0 ? OTHER_ADDRESS : usual;
  }

  async function freeRoleName(): Promise<string> {
    const taken = await db.query('SELECT id FROM roles WHERE name = ?', [ROLE_NAMES[0]]);
    return taken.length > 0 ? ROLE_NAMES[1] : ROLE_NAMES[0];
  }
}
