import { randomBytes } from 'node:crypto';
import { AppError, type Clock, toIsoOrNull } from '@fabomatic/kernel';
import type { RecoveryCodes, SecondFactorSetup, SecondFactorView } from '@fabomatic/members';
import type { AuditActionOf } from '@fabomatic/system';
import { Inject, Injectable } from '@nestjs/common';
import { Secret, TOTP } from 'otpauth';
import { type Actor, AuditService } from '../audit/audit.service';
import { SealService } from '../data-folder/seal.service';
import { type Db, ReadDb } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { CLOCK } from '../lab/lab.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { type AccountRow, findAccount, needsSecondFactor } from './accounts.queries';
import { tokenHash } from './session-tokens';
import { SessionsService } from './sessions.service';

const PERIOD_S = 30;
/** Phones whose clock is half a minute off are let in. */
const WINDOW = 1;
const CODES = 10;
/** Without letters and figures that look alike: 5 bits each. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz234567890';
const CODE_LENGTH = 16;

interface FactorRow {
  sealed_secret: string;
  confirmed_at: number | null;
  last_step: number;
}

/** Authenticator apps (TOTP) and the recovery codes for when the phone is gone. */
@Injectable()
export class SecondFactorService {
  constructor(
    private readonly db: ReadDb,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditService,
    private readonly seal: SealService,
    private readonly sessions: SessionsService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async view(memberId: number): Promise<SecondFactorView> {
    const [account, factor] = [await this.account(memberId), await find(this.db, memberId)];
    const [left] = await this.db.query<{ n: number }>(
      'SELECT COUNT(*) AS n FROM recovery_codes WHERE member_id = ?',
      [memberId],
    );
    const confirmedAt = factor?.confirmed_at ?? null;
    return {
      isOn: confirmedAt !== null,
      isRequired: needsSecondFactor(account, this.settings.web.requireSecondFactor),
      since: toIsoOrNull(confirmedAt),
      recoveryCodesLeft: left?.n ?? 0,
    };
  }

  /** A new secret, which counts once a code of it was right. One that counts is not replaced. */
  async begin(memberId: number): Promise<SecondFactorSetup> {
    const account = await this.account(memberId);
    const secret = new Secret({ size: 20 });
    await this.unitOfWork.run(async (db) => {
      if ((await find(db, memberId))?.confirmed_at) throw new AppError('auth.second_factor_is_on');
      await db.execute('DELETE FROM second_factors WHERE member_id = ?', [memberId]);
      await db.insert('second_factors', {
        member_id: memberId,
        sealed_secret: this.seal.seal(secret.base32),
        created_at: this.clock.nowS(),
      });
    });
    const totp = new TOTP({
      issuer: this.settings.lab.name,
      label: account.email ?? account.first_name,
      period: PERIOD_S,
      secret,
    });
    return { secret: secret.base32, uri: totp.toString() };
  }

  /** The app shows the right code: from now on every login asks for one. */
  confirm(by: Actor, memberId: number, sessionId: number, code: string): Promise<RecoveryCodes> {
    return this.unitOfWork.run(async (db) => {
      const factor = await find(db, memberId);
      if (!factor) throw new AppError('auth.second_factor_is_off');
      if (factor.confirmed_at !== null) throw new AppError('auth.second_factor_is_on');
      if (!(await this.takeAppCode(db, memberId, factor, code))) throw wrongCode();
      await db.execute('UPDATE second_factors SET confirmed_at = ? WHERE member_id = ?', [
        this.clock.nowS(),
        memberId,
      ]);
      // The others were opened with the password alone.
      await this.sessions.endAllBut(db, memberId, sessionId);
      await this.record(db, by, memberId, 'turn-on-second-factor');
      return this.newCodes(db, memberId);
    });
  }

  newRecoveryCodes(by: Actor, memberId: number, code: string): Promise<RecoveryCodes> {
    return this.unitOfWork.run(async (db) => {
      await this.demand(db, memberId, code);
      await this.record(db, by, memberId, 'renew-recovery-codes');
      return this.newCodes(db, memberId);
    });
  }

  async turnOff(by: Actor, memberId: number, code: string): Promise<void> {
    const account = await this.account(memberId);
    if (needsSecondFactor(account, this.settings.web.requireSecondFactor)) {
      throw new AppError('auth.second_factor_needed');
    }
    await this.unitOfWork.run(async (db) => {
      await this.demand(db, memberId, code);
      await this.remove(db, memberId);
      await this.record(db, by, memberId, 'turn-off-second-factor');
    });
  }

  /** By an administrator, for a member who lost phone and codes. Ends the member's sessions. */
  async reset(by: Actor, memberId: number): Promise<void> {
    await this.account(memberId);
    await this.unitOfWork.run(async (db) => {
      await this.remove(db, memberId);
      await this.sessions.endAll(db, memberId);
      await this.record(db, by, memberId, 'reset-second-factor');
    });
  }

  /** At the login, in its unit: nothing where there is no second factor. */
  async demandAtLogin(db: Db, memberId: number, code: string | undefined): Promise<void> {
    const factor = await find(db, memberId);
    if (!factor || factor.confirmed_at === null) return;
    if (code === undefined) throw new AppError('auth.second_factor_required');
    if (!(await this.take(db, memberId, factor, code))) {
      throw new AppError('auth.second_factor_wrong');
    }
  }

  private async demand(db: Db, memberId: number, code: string): Promise<void> {
    const factor = await find(db, memberId);
    if (!factor || factor.confirmed_at === null) throw new AppError('auth.second_factor_is_off');
    if (!(await this.take(db, memberId, factor, code))) throw wrongCode();
  }

  private async take(db: Db, memberId: number, factor: FactorRow, code: string): Promise<boolean> {
    if (/^\d{6}$/.test(code)) return this.takeAppCode(db, memberId, factor, code);
    const used = await db.execute(
      'DELETE FROM recovery_codes WHERE member_id = ? AND code_hash = ?',
      [memberId, tokenHash(code)],
    );
    return used > 0;
  }

  /** A code works once, even within its half minute: somebody may have looked over a shoulder. */
  private async takeAppCode(
    db: Db,
    memberId: number,
    factor: FactorRow,
    code: string,
  ): Promise<boolean> {
    const secret = this.seal.open(factor.sealed_secret);
    if (secret === null) throw new AppError('auth.second_factor_unreadable');
    const now = this.clock.nowS();
    const totp = new TOTP({ secret: Secret.fromBase32(secret), period: PERIOD_S });
    const delta = totp.validate({ token: code, window: WINDOW, timestamp: now * 1000 });
    if (delta === null) return false;
    const step = Math.floor(now / PERIOD_S) + delta;
    const taken = await db.execute(
      'UPDATE second_factors SET last_step = ? WHERE member_id = ? AND last_step < ?',
      [step, memberId, step],
    );
    return taken === 1;
  }

  private async newCodes(db: Db, memberId: number): Promise<RecoveryCodes> {
    await db.execute('DELETE FROM recovery_codes WHERE member_id = ?', [memberId]);
    const codes = Array.from({ length: CODES }, recoveryCode);
    for (const code of codes) {
      await db.insert('recovery_codes', {
        member_id: memberId,
        code_hash: tokenHash(code.replaceAll('-', '')),
      });
    }
    return { codes };
  }

  private async remove(db: Db, memberId: number): Promise<void> {
    await db.execute('DELETE FROM second_factors WHERE member_id = ?', [memberId]);
    await db.execute('DELETE FROM recovery_codes WHERE member_id = ?', [memberId]);
  }

  private async account(memberId: number): Promise<AccountRow> {
    const account = await findAccount(this.db, memberId);
    if (!account) throw new AppError('member.not_found', { id: memberId });
    return account;
  }

  private async record(
    db: Db,
    by: Actor,
    memberId: number,
    action: AuditActionOf<'member'>,
  ): Promise<void> {
    const account = await findAccount(db, memberId);
    const name = account ? `${account.first_name} ${account.last_name}`.trim() : '';
    await this.audit.record(db, by, { action, subject: 'member', id: memberId, name });
  }
}

async function find(db: ReadDb, memberId: number): Promise<FactorRow | undefined> {
  const [factor] = await db.query<FactorRow>(
    'SELECT sealed_secret, confirmed_at, last_step FROM second_factors WHERE member_id = ?',
    [memberId],
  );
  return factor;
}

/** 'abcd-efgh-jkmn-pqrs': 80 bits. */
function recoveryCode(): string {
  const letters = [...randomBytes(CODE_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]);
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
}

function wrongCode(): AppError {
  return new AppError('request.invalid', {}, { code: 'auth.second_factor_wrong' });
}
