import { type CurrentMemberView, type MemberLanguage, portalAccessOf } from '@fabomatic/members';
import type { ReadDb } from '../database/db';

/** A member as far as logging in goes. */
export interface AccountRow {
  id: number;
  first_name: string;
  last_name: string;
  email: string | null;
  password_hash: string | null;
  must_change_password: boolean;
  disabled: boolean;
  language: string | null;
  role_name: string;
  portal_access: string;
  second_factor_since: number | null;
}

const COLUMNS = `m.id, m.first_name, m.last_name, m.email, m.password_hash, m.must_change_password,
  m.disabled, m.language, r.name AS role_name, r.portal_access,
  f.confirmed_at AS second_factor_since`;
const MEMBERS = `members m JOIN roles r ON r.id = m.role_id
  LEFT JOIN second_factors f ON f.member_id = m.id`;

export async function findAccount(db: ReadDb, memberId: number): Promise<AccountRow | undefined> {
  const [account] = await db.query<AccountRow>(
    `SELECT ${COLUMNS} FROM ${MEMBERS} WHERE m.id = ? AND m.deleted_at IS NULL`,
    [memberId],
  );
  return account;
}

/** The member who logs in with this address; the first one who has a password. */
export async function findLogin(db: ReadDb, email: string): Promise<AccountRow | undefined> {
  return (await accountsOf(db, email)).find((row) => row.password_hash !== null);
}

/** The member whom a mail to this address is for; rather one who logs in with it. */
export async function findByEmail(db: ReadDb, email: string): Promise<AccountRow | undefined> {
  const accounts = (await accountsOf(db, email)).filter(({ disabled }) => !disabled);
  return accounts.find((row) => row.password_hash !== null) ?? accounts[0];
}

function accountsOf(db: ReadDb, email: string): Promise<AccountRow[]> {
  return db.query<AccountRow>(
    `SELECT ${COLUMNS} FROM ${MEMBERS}
     WHERE LOWER(m.email) = LOWER(?) AND m.deleted_at IS NULL ORDER BY m.id`,
    [email],
  );
}

/** Who a session stands for; undefined when it has ended. One row by its key. */
export async function findSessionAccount(
  db: ReadDb,
  sessionId: number,
  nowS: number,
): Promise<AccountRow | undefined> {
  const [account] = await db.query<AccountRow>(
    `SELECT ${COLUMNS} FROM sessions s JOIN members m ON m.id = s.member_id
       JOIN roles r ON r.id = m.role_id LEFT JOIN second_factors f ON f.member_id = m.id
     WHERE s.id = ? AND s.expires_at > ? AND m.deleted_at IS NULL AND NOT m.disabled`,
    [sessionId, nowS],
  );
  return account;
}

/** What somebody owes before anything else works. */
export interface Owed {
  readonly mustChangePassword: boolean;
  readonly mustSetUpSecondFactor: boolean;
}

/** `isRequired`: the settings ask administrators for a second factor. */
export function owedBy(account: AccountRow, isRequired: boolean): Owed {
  return {
    mustChangePassword: account.must_change_password,
    mustSetUpSecondFactor:
      needsSecondFactor(account, isRequired) && account.second_factor_since === null,
  };
}

export function needsSecondFactor({ portal_access }: AccountRow, isRequired: boolean): boolean {
  return isRequired && portalAccessOf(portal_access) === 'admin';
}

export function currentMember(account: AccountRow, isRequired: boolean): CurrentMemberView {
  return {
    ...namesOf(account),
    email: account.email,
    roleName: account.role_name,
    portalAccess: portalAccessOf(account.portal_access),
    language: account.language as MemberLanguage | null,
    hasSecondFactor: account.second_factor_since !== null,
    ...owedBy(account, isRequired),
  };
}

export function namesOf({ id, first_name, last_name }: AccountRow) {
  return { id, firstName: first_name, lastName: last_name };
}
