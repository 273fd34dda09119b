import type { Db } from '../database/db';
import type { PortalAccess } from './role.entity';

interface RoleRow {
  name: string;
  authorize_all: boolean;
  maintenance: boolean;
}

/**
 * Makes a member an administrator of the portal, by a role that is the same at machines as the one
 * before; others of that role stay what they are.
 */
export async function givePortal(db: Db, memberId: number): Promise<void> {
  const [role] = await db.query<RoleRow>(
    `SELECT r.name, r.authorize_all, r.maintenance FROM roles r
     JOIN members m ON m.role_id = r.id WHERE m.id = ?`,
    [memberId],
  );
  if (role === undefined) throw new Error(`member ${memberId} has no role`);
  const { authorize_all, maintenance } = role;
  const name = `${role.name} (portal)`;
  const [known] = await db.query<{ id: number }>(
    `SELECT id FROM roles WHERE name = ? AND portal_access = ? AND authorize_all = ?
       AND maintenance = ?`,
    [name, 'admin' satisfies PortalAccess, authorize_all, maintenance],
  );
  const roleId =
    known?.id ??
    (await db.insert('roles', {
      name: await freeName(db, name),
      authorize_all,
      maintenance,
      portal_access: 'admin' satisfies PortalAccess,
    }));
  await db.execute('UPDATE members SET role_id = ?, version = version + 1 WHERE id = ?', [
    roleId,
    memberId,
  ]);
}

async function freeName(db: Db, wanted: string): Promise<string> {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted} ${number}`;
    const taken = await db.query('SELECT id FROM roles WHERE name = ?', [name]);
    if (taken.length === 0) return name;
  }
}
