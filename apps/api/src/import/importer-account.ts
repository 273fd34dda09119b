import { emailKey } from '@fabomatic/members';
import type { Db, SqlValue } from '../database/db';
import { givePortal } from '../members/portal-role.service';
import type { ImportContext } from './import-context';
import type { OriginalFile } from './original-file';
import { integerOf } from './original-values';
import { OTHER_ADDRESS, ROLE_NAMES } from './portal-admins';

/** What belongs to an account and goes on with it: whoever imports stays logged in. */
const BELONGINGS = ['sessions', 'password_links', 'second_factors', 'recovery_codes'] as const;

type Row = Record<string, SqlValue>;

/**
 * The account of whoever imports in the portal. Its id is perhaps somebody else's in the file, and
 * the file may know nobody who can log in: so it moves to an id behind all of the file's, with a
 * role of its own. A member of the file with the same address is the same person, and takes it over.
 */
export class ImporterAccount {
  private constructor(
    private readonly account: Row,
    /** table -> id of what stays while the tables are emptied. */
    readonly aside: Readonly<Record<'members' | 'roles', number>>,
    /** The id from now on. */
    public id: number,
  ) {}

  static async setAside(
    db: Db,
    original: OriginalFile,
    memberId: number,
  ): Promise<ImporterAccount> {
    const [account] = await db.query<Row>('SELECT * FROM members WHERE id = ?', [memberId]);
    if (account === undefined) throw new Error(`member ${memberId} imports and does not exist`);
    const [role] = await db.query<Row>('SELECT * FROM roles WHERE id = ?', [
      account['role_id'] ?? null,
    ]);
    const roleId = await idBehindAll(db, original, { to: 'roles', from: 'roles', key: 'role_id' });
    // The name that it is to have may be a role's of the file.
    await db.insert('roles', { ...role, id: roleId, name: `import ${roleId}`, reserved: false });
    const members = { to: 'members', from: 'users', key: 'user_id' } as const;
    const id = await idBehindAll(db, original, members);
    await db.insert('members', { ...account, id, role_id: roleId, email_key: null });
    await moveBelongings(db, memberId, id);
    return new ImporterAccount(account, { members: id, roles: roleId }, id);
  }

  /** After everything else is imported. */
  async settle(context: ImportContext): Promise<void> {
    const { db, report } = context;
    const email = this.account['email'];
    const holders = await db.query<{ id: number; name: string; disabled: boolean }>(
      `SELECT id, first_name || ' ' || last_name AS name, disabled FROM members
       WHERE id <> ? AND deleted_at IS NULL AND LOWER(TRIM(email)) = ?`,
      [this.id, typeof email === 'string' ? emailKey(email) : ''],
    );
    const [holder, ...more] = holders;
    if (holder !== undefined && more.length === 0 && !holder.disabled) {
      await this.becomeMember(context, holder);
      return;
    }
    const address = holder === undefined ? email : OTHER_ADDRESS;
    await db.execute('UPDATE members SET email = ?, email_key = ? WHERE id = ?', [
      address ?? null,
      typeof address === 'string' ? emailKey(address) : null,
      this.id,
    ]);
    await db.execute('UPDATE roles SET name = ? WHERE id = ?', [
      await freeRoleName(db),
      this.aside.roles,
    ]);
    const example =
      typeof address === 'string' ? ({ form: 'text', text: address } as const) : undefined;
    report.note('account_stays', example);
  }

  private async becomeMember(
    { db, report }: ImportContext,
    holder: { id: number; name: string },
  ): Promise<void> {
    const [access] = await db.query<{ portal_access: string; has_password: boolean }>(
      `SELECT r.portal_access, m.password_hash IS NOT NULL AS has_password
       FROM members m JOIN roles r ON r.id = m.role_id WHERE m.id = ?`,
      [holder.id],
    );
    if (access?.portal_access !== 'admin') await givePortal(db, holder.id);
    if (!access?.has_password) {
      await db.execute('UPDATE members SET password_hash = ? WHERE id = ?', [
        this.account['password_hash'] ?? null,
        holder.id,
      ]);
    }
    await moveBelongings(db, this.id, holder.id);
    await db.execute('DELETE FROM members WHERE id = ?', [this.id]);
    await db.execute('DELETE FROM roles WHERE id = ?', [this.aside.roles]);
    this.id = holder.id;
    report.note('account_is_member', { form: 'text', text: holder.name.trim() });
  }
}

async function moveBelongings(db: Db, from: number, to: number): Promise<void> {
  for (const table of BELONGINGS) {
    await db.execute(`UPDATE ${table} SET member_id = ? WHERE member_id = ?`, [to, from]);
  }
}

async function idBehindAll(
  db: Db,
  original: OriginalFile,
  { to, from, key }: { to: string; from: 'roles' | 'users'; key: string },
): Promise<number> {
  const [row] = await db.query<{ last: number }>(`SELECT MAX(id) AS last FROM ${to}`);
  const ids = [...original.rows(from, key)].map((found) => integerOf(found[key]) ?? 0);
  return ids.reduce((last, id) => Math.max(last, id), Number(row?.last ?? 0)) + 1;
}

async function freeRoleName(db: Db): Promise<string> {
  const names = await db.query<{ name: string }>('SELECT name FROM roles');
  const taken = new Set(names.map(({ name }) => name));
  for (let number = 1; ; number++) {
    const name = number === 1 ? ROLE_NAMES[0] : `${ROLE_NAMES[0]} ${number}`;
    if (!taken.has(name)) return name;
  }
}
