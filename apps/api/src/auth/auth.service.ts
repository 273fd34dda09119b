import { AppError } from '@fabomatic/kernel';
import { type ChangePasswordRequest, FIRST_PASSWORD, type LoginRequest } from '@fabomatic/members';
import { Inject, Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { ReadDb } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { findAccount, findLogin, namesOf, owedBy } from './accounts.queries';
import { hashPassword, verifyPassword } from './password-hash';
import { PasswordsService } from './passwords.service';
import { memberActor, type Origin } from './principal';
import { RefusalTime } from './refusal-time';
import { SecondFactorService } from './second-factor.service';
import { type Grant, SessionsService } from './sessions.service';

/** Logging in with e-mail and password, and changing the password. */
@Injectable()
export class AuthService {
  private readonly refusals = new RefusalTime();
  private decoy: Promise<string> | null = null;

  constructor(
    private readonly db: ReadDb,
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: SessionsService,
    private readonly passwords: PasswordsService,
    private readonly secondFactor: SecondFactorService,
    private readonly audit: AuditService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** 401 for an unknown address and for a wrong password alike, after the same time. */
  login(login: LoginRequest, from: Origin): Promise<Grant> {
    return this.refusals.hold(() => this.logIn(login, from));
  }

  /** Ends all sessions of the member and begins a new one for the browser that asks. */
  async changePassword(
    memberId: number,
    { currentPassword, newPassword }: ChangePasswordRequest,
    from: Origin,
  ): Promise<Grant> {
    const account = await findAccount(this.db, memberId);
    const { ok } = await verifyPassword(account?.password_hash ?? '', currentPassword);
    if (!account || !ok) {
      throw new AppError('request.invalid', {}, { currentPassword: 'auth.wrong_current_password' });
    }
    if (newPassword === currentPassword) {
      throw new AppError('request.invalid', {}, { newPassword: 'auth.password_unchanged' });
    }
    this.passwords.refuseWeak(newPassword, account);
    const hash = await hashPassword(newPassword);
    const grant = await this.unitOfWork.run(async (db) => {
      await this.passwords.store(db, account, hash);
      const by = memberActor(namesOf(account), from);
      await this.audit.record(db, by, {
        action: 'change-password',
        subject: 'member',
        id: memberId,
        name: by.name,
      });
      return this.sessions.begin(db, memberId, from);
    });
    const owed = owedBy(account, this.settings.web.requireSecondFactor);
    return { ...grant, ...owed, mustChangePassword: false };
  }

  private async logIn({ email, password, code }: LoginRequest, from: Origin): Promise<Grant> {
    const account = await findLogin(this.db, email);
    const hash = account?.password_hash ?? (await this.decoyHash());
    const { ok, needsRehash } = await verifyPassword(hash, password);
    if (!account || !ok || account.disabled) throw new AppError('auth.bad_credentials');
    // The same password under today's hash: imported ones are of older kinds.
    const newHash = needsRehash ? await hashPassword(password) : null;
    // Everybody knows that one: an imported lab may have it still.
    const mustChange = account.must_change_password || password === FIRST_PASSWORD;
    const grant = await this.unitOfWork.run(async (db) => {
      await this.secondFactor.demandAtLogin(db, account.id, code);
      if (newHash !== null || mustChange !== account.must_change_password) {
        await db.execute(
          `UPDATE members SET password_hash = COALESCE(?, password_hash), must_change_password = ?
           WHERE id = ?`,
          [newHash, mustChange, account.id],
        );
      }
      const by = memberActor(namesOf(account), from);
      await this.audit.record(db, by, {
        action: 'log-in',
        subject: 'member',
        id: account.id,
        name: by.name,
      });
      return this.sessions.begin(db, account.id, from);
    });
    const owed = owedBy(account, this.settings.web.requireSecondFactor);
    return { ...grant, ...owed, mustChangePassword: mustChange };
  }

  /** A hash to compare with when there is no account, so that it costs as much processor time. */
  private decoyHash(): Promise<string> {
    return (this.decoy ??= hashPassword('no account has this password'));
  }
}
