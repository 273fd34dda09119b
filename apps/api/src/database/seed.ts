import { systemClock } from '@fabomatic/kernel';
import { emailKey, FIRST_PASSWORD } from '@fabomatic/members';
import { hashPassword } from '../auth/password-hash';
import type { MachineAccess } from '../machines/machine-type.entity';
import type { PortalAccess } from '../members/role.entity';
import type { Db, ReadDb } from './db';
import type { UnitOfWork } from './unit-of-work';

const FIRST_CARD = '12345678';

/**
 * Puts into an empty database what FabOMatic starts with, so that its users find their way.
 * Does nothing when there is a role already. True: it was empty.
 */
export async function seed(
  database: { readonly units: UnitOfWork; readonly reader: ReadDb },
  adminEmail: string | null,
): Promise<boolean> {
  if (!(await isEmpty(database.reader))) return false;
  // Before the unit: it takes long, and a unit must not keep the others waiting.
  const passwordHash = await hashPassword(FIRST_PASSWORD);
  return database.units.run(async (db) => {
    if (!(await isEmpty(db))) return false;
    await fill(db, adminEmail, passwordHash);
    return true;
  });
}

async function isEmpty(db: ReadDb): Promise<boolean> {
  return (await db.query('SELECT id FROM roles LIMIT 1')).length === 0;
}

async function fill(db: Db, adminEmail: string | null, passwordHash: string): Promise<void> {
  const now = systemClock.nowS();
  const admins = await db.insert('roles', {
    name: 'admins',
    reserved: true,
    authorize_all: true,
    maintenance: true,
    portal_access: 'admin' satisfies PortalAccess,
  });
  await db.insert('roles', { name: 'Fab Staff', authorize_all: true, maintenance: true });
  await db.insert('roles', { name: 'Fab Users', authorize_all: true });
  const anonymous = await db.insert('roles', { name: 'Anonymous', reserved: true });
  await db.insert('members', {
    first_name: 'Anonymous',
    last_name: '',
    role_id: anonymous,
    created_at: now,
  });
  const admin = await db.insert('members', {
    first_name: 'admin',
    last_name: 'admin',
    email: adminEmail,
    email_key: adminEmail === null ? null : emailKey(adminEmail),
    role_id: admins,
    password_hash: passwordHash,
    must_change_password: true,
    created_at: now,
  });
  await db.insert('cards', { member_id: admin, uid: FIRST_CARD, created_at: now });
  const type = await db.insert('machine_types', {
    name: 'Default type',
    timeout_min: 480,
    grace_min: 2,
    access: 'authorization' satisfies MachineAccess,
  });
  await db.insert('machines', { name: 'MACHINE1', type_id: type, created_at: now });
}
