import { emailKey } from '@fabomatic/members';
import { randomBytes } from 'node:crypto';
import { systemClock } from '@fabomatic/kernel';
import * as z from 'zod';
import { AuditService } from '../audit/audit.service';
import { hashPassword } from '../auth/password-hash';
import type { Db } from '../database/db';
import { givePortal } from '../members/portal-role.service';
import type { PortalAccess } from '../members/role.entity';
import { StartError } from '../start-error';
import type { Command } from './command';
import { commandActor } from './command-actor';
import { withDatabase } from './with-database';

const ADMIN = 'admin' satisfies PortalAccess;
const PASSWORD_BYTES = 12;

interface FoundMember {
  id: number;
  name: string;
  portal_access: string;
}

export const createAdminCommand: Command = {
  name: 'create-admin',
  parameters: '<e-mail> [--name "Ada Lovelace"]',
  summary:
    'lets somebody administrate the portal: a new member, or a known one with a new password',
  flags: [],
  options: ['name'],
  wordCount: 1,
  run: async ({ words: [email = ''], options }) => {
    if (!z.email().safeParse(email).success) {
      throw new StartError(`"${email}" is no e-mail address.`);
    }
    const password = randomBytes(PASSWORD_BYTES).toString('base64url');
    const hash = await hashPassword(password);
    const done = await withDatabase('the command create-admin', ({ database }) =>
      database.units.run((db) => createAdmin(db, { email, hash, name: options.get('name') ?? '' })),
    );
    process.stdout.write(
      `${done}\nPassword: ${password}\nIt works once: the portal asks for a new one at the first login.\n`,
    );
    return 0;
  },
};

interface NewAdmin {
  readonly email: string;
  readonly hash: string;
  readonly name: string;
}

async function createAdmin(db: Db, admin: NewAdmin): Promise<string> {
  const known = await db.query<FoundMember>(
    `SELECT m.id, m.first_name || ' ' || m.last_name AS name, r.portal_access
     FROM members m JOIN roles r ON r.id = m.role_id
     WHERE LOWER(m.email) = LOWER(?) AND m.deleted_at IS NULL ORDER BY m.id`,
    [admin.email],
  );
  if (known.length > 1) {
    throw new StartError(
      `${known.length} members have the address ${admin.email}: give all but one another address first.`,
    );
  }
  const [member] = known;
  const id = member === undefined ? await addMember(db, admin) : await promote(db, member, admin);
  await new AuditService(systemClock).record(db, commandActor('create-admin'), {
    action: 'create-admin',
    subject: 'member',
    id,
    name: member?.name.trim() ?? admin.name,
    after: { portalAccess: ADMIN },
  });
  if (member === undefined) return `Added the administrator ${admin.email}.`;
  return member.portal_access === ADMIN
    ? `${member.name.trim()} was an administrator already and has a new password.`
    : `${member.name.trim()} is an administrator now, by a role that is the same at machines.`;
}

async function addMember(db: Db, { email, hash, name }: NewAdmin): Promise<number> {
  const [firstName = '', ...rest] = name.trim().split(/\s+/);
  return db.insert('members', {
    first_name: firstName || email.split('@')[0] || email,
    last_name: rest.join(' '),
    email,
    email_key: emailKey(email),
    role_id: await adminRole(db),
    password_hash: hash,
    must_change_password: true,
    created_at: systemClock.nowS(),
  });
}

async function promote(db: Db, member: FoundMember, { hash }: NewAdmin): Promise<number> {
  await db.execute(
    `UPDATE members SET password_hash = ?, must_change_password = ?, disabled = ?,
       version = version + 1 WHERE id = ?`,
    [hash, true, false, member.id],
  );
  // Whoever is logged in with the old password, or has a link to set one, is not who was meant; and who
  // has lost the phone as well could still not log in.
  for (const table of ['sessions', 'password_links', 'second_factors', 'recovery_codes']) {
    await db.execute(`DELETE FROM ${table} WHERE member_id = ?`, [member.id]);
  }
  if (member.portal_access !== ADMIN) await givePortal(db, member.id);
  return member.id;
}

/** The first role that administrates; made when there is none. */
async function adminRole(db: Db): Promise<number> {
  const [role] = await db.query<{ id: number }>(
    'SELECT id FROM roles WHERE portal_access = ? ORDER BY id LIMIT 1',
    [ADMIN],
  );
  return role?.id ?? db.insert('roles', { name: 'Portal admins', portal_access: ADMIN });
}
