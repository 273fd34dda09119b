import { AppError } from '@fabomatic/kernel';
import type {
  ChangePasswordRequest,
  CurrentMemberView,
  LoginRequest,
  LoginResponse,
  PortalAccess,
} from '@fabomatic/members';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { ReadDb } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { hashPassword, verifyPassword } from './password-hash';

interface AccountRow {
  id: number;
  first_name: string;
  last_name: string;
  email: string | null;
  password_hash: string | null;
  must_change_password: boolean;
  disabled: boolean;
  deleted_at: number | null;
  role_name: string;
  portal_access: PortalAccess;
}

/** What a token says: `sub` is the member's id, `pwd` the end of the password's hash. */
export interface TokenClaims {
  sub: number;
  pwd: string;
}

const ACCOUNT = `SELECT m.id, m.first_name, m.last_name, m.email, m.password_hash,
  m.must_change_password, m.disabled, m.deleted_at, r.name AS role_name, r.portal_access
  FROM members m JOIN roles r ON r.id = m.role_id`;

/** Logging in with e-mail and password, and who a token stands for. */
@Injectable()
export class AuthService {
  private decoy: Promise<string> | null = null;

  constructor(
    private readonly db: ReadDb,
    private readonly unitOfWork: UnitOfWork,
    private readonly jwt: JwtService,
  ) {}

  /** 401 for an unknown address and for a wrong password alike, after the same time. */
  async login({ email, password }: LoginRequest): Promise<LoginResponse> {
    const accounts = await this.db.query<AccountRow>(
      `${ACCOUNT} WHERE LOWER(m.email) = LOWER(?) AND m.deleted_at IS NULL ORDER BY m.id`,
      [email],
    );
    const account = accounts.find((row) => row.password_hash !== null);
    const hash = account?.password_hash ?? (await this.decoyHash());
    const { ok, needsRehash } = await verifyPassword(hash, password);
    if (!account || !ok || account.disabled) throw new AppError('auth.bad_credentials');
    const stored = needsRehash ? await this.rehash(account.id, password) : hash;
    return this.answer(account.id, stored, account.must_change_password);
  }

  async changePassword(
    memberId: number,
    { currentPassword, newPassword }: ChangePasswordRequest,
  ): Promise<LoginResponse> {
    const account = await this.account(memberId);
    const { ok } = await verifyPassword(account?.password_hash ?? '', currentPassword);
    if (!account || !ok) {
      throw new AppError('request.invalid', {}, { currentPassword: 'auth.wrong_current_password' });
    }
    if (newPassword === currentPassword) {
      throw new AppError('request.invalid', {}, { newPassword: 'auth.password_unchanged' });
    }
    return this.answer(memberId, await this.storeNewPassword(memberId, newPassword), false);
  }

  /** The member behind a token; null when there is none any more, or the password has changed. */
  async memberOf(claims: TokenClaims): Promise<CurrentMemberView | null> {
    const account = await this.account(claims.sub);
    if (!account || account.disabled) return null;
    if (fingerprint(account.password_hash ?? '') !== claims.pwd) return null;
    return {
      id: account.id,
      firstName: account.first_name,
      lastName: account.last_name,
      email: account.email,
      roleName: account.role_name,
      portalAccess: account.portal_access,
      mustChangePassword: account.must_change_password,
    };
  }

  private async account(memberId: number): Promise<AccountRow | undefined> {
    const [account] = await this.db.query<AccountRow>(
      `${ACCOUNT} WHERE m.id = ? AND m.deleted_at IS NULL`,
      [memberId],
    );
    return account;
  }

  /** The same password under today's hash: imported ones are of older kinds. */
  private async rehash(memberId: number, password: string): Promise<string> {
    const hash = await hashPassword(password);
    await this.unitOfWork.run((db) =>
      db.execute('UPDATE members SET password_hash = ? WHERE id = ?', [hash, memberId]),
    );
    return hash;
  }

  private async storeNewPassword(memberId: number, password: string): Promise<string> {
    const hash = await hashPassword(password);
    await this.unitOfWork.run((db) =>
      db.execute(
        `UPDATE members SET password_hash = ?, must_change_password = ?, version = version + 1
         WHERE id = ?`,
        [hash, false, memberId],
      ),
    );
    return hash;
  }

  private answer(memberId: number, hash: string, mustChangePassword: boolean): LoginResponse {
    const claims: TokenClaims = { sub: memberId, pwd: fingerprint(hash) };
    return { accessToken: this.jwt.sign(claims), mustChangePassword };
  }

  /** A hash to compare with when there is no account, so that the answer takes as long. */
  private decoyHash(): Promise<string> {
    return (this.decoy ??= hashPassword('no account has this password'));
  }
}

/** Ends every session of a member when the password changes; says nothing about the password. */
function fingerprint(hash: string): string {
  return hash.slice(-12);
}
