import { randomBytes } from 'node:crypto';
import { AppError, type Clock, toIso } from '@fabomatic/kernel';
import {
  type CheckPasswordLink,
  PASSWORD_LINK_PATH,
  PASSWORD_LINK_S,
  type PasswordLinkView,
  permissionsOfAccess,
  portalAccessOf,
  type SendPasswordLink,
  type SentPasswordLink,
  type UsePasswordLink,
} from '@fabomatic/members';
import type { AuditActionOf } from '@fabomatic/system';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { type Db, ReadDb } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { CLOCK } from '../lab/lab.service';
import { RateLimitedLog } from '../logging/rate-limited-log.service';
import { mailContent, MailService, passwordLinkMail } from '../mail/mail.service';
import { MailWords } from '../mail/mail-words.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { type AccountRow, findAccount, findByEmail, namesOf } from './accounts.queries';
import { hashPassword } from './password-hash';
import { PasswordsService } from './passwords.service';
import { memberActor, type Origin, type Principal } from './principal';
import { tokenHash } from './session-tokens';

const TOKEN_BYTES = 32;
/** Nobody gets more mails than one in so long, however often others ask. */
const MAIL_EVERY_S = 120;

interface LinkRow {
  member_id: number;
  expires_at: number;
}

/** Links by which a member sets a password: asked for by themselves, or sent by an administrator. */
@Injectable()
export class PasswordLinksService {
  constructor(
    private readonly db: ReadDb,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditService,
    private readonly passwords: PasswordsService,
    private readonly mail: MailService,
    private readonly words: MailWords,
    private readonly log: RateLimitedLog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Whether links can be mailed: there is a mail server, and an address for the link. */
  get canMail(): boolean {
    return this.mail.isOn && this.settings.web.baseUrl !== null;
  }

  /**
   * Answers before it looks, so that nobody can tell by the answer or by its time whether there is
   * such a member.
   */
  askFor(email: string, from: Origin): void {
    if (!this.canMail) return;
    this.mailTo(email, from).catch((error: unknown) => {
      // The database; whoever waits for the mail asks again.
      this.log.warn('password link', `A link could not be made: ${String(error)}`, 'Auth');
    });
  }

  /** By somebody of the lab, for a member who may do no more than they. */
  async send(
    by: Actor,
    { permissions }: Principal,
    memberId: number,
    { how }: SendPasswordLink,
  ): Promise<SentPasswordLink> {
    const account = await findAccount(this.db, memberId);
    if (!account) throw new AppError('member.not_found', { id: memberId });
    const theirs = permissionsOfAccess(portalAccessOf(account.portal_access));
    const isAbove = theirs.some((each) => each !== 'self' && !permissions.includes(each));
    if (isAbove || (how === 'show' && !permissions.includes('admin'))) {
      throw new AppError('auth.forbidden');
    }
    if (how === 'mail' && !this.mail.isOn) throw new AppError('mail.off');
    if (how === 'mail' && !this.canMail) throw new AppError('mail.no_base_url');
    const { email } = account;
    if (how === 'mail' && email === null) throw new AppError('member.no_email');
    const { token, expiresAt } = await this.unitOfWork.run(async (db) => {
      const link = await this.make(db, account.id);
      if (how === 'mail' && email !== null) {
        await this.queue(db, account, email, link.token, 'password_invited');
      }
      await this.record(
        db,
        by,
        account,
        how === 'mail' ? 'mail-password-link' : 'show-password-link',
      );
      return link;
    });
    return {
      email: how === 'mail' ? email : null,
      expiresAt: toIso(expiresAt),
      path: how === 'show' ? pathOf(token) : null,
    };
  }

  async check({ token }: CheckPasswordLink): Promise<PasswordLinkView> {
    const { account, expiresAt } = await this.find(this.db, token);
    return {
      firstName: account.first_name,
      email: account.email,
      expiresAt: toIso(expiresAt),
    };
  }

  /** Once; a password that is refused leaves the link good. */
  async use({ token, newPassword }: UsePasswordLink, from: Origin): Promise<void> {
    const { account } = await this.find(this.db, token);
    this.passwords.refuseWeak(newPassword, account);
    const hash = await hashPassword(newPassword);
    await this.unitOfWork.run(async (db) => {
      // Of two who use it at once one finds nothing left to delete.
      const used = await db.execute('DELETE FROM password_links WHERE token_hash = ?', [
        tokenHash(token),
      ]);
      if (used === 0) throw new AppError('auth.link_invalid');
      await this.passwords.store(db, account, hash);
      await this.record(db, memberActor(namesOf(account), from), account, 'set-password');
    });
  }

  private async mailTo(email: string, from: Origin): Promise<void> {
    const account = await findByEmail(this.db, email);
    if (!account || account.disabled || account.email === null) return;
    const recipient = account.email;
    await this.unitOfWork.run(async (db) => {
      const [recent] = await db.query(
        'SELECT id FROM password_links WHERE member_id = ? AND created_at > ?',
        [account.id, this.clock.nowS() - MAIL_EVERY_S],
      );
      if (recent) return;
      const { token } = await this.make(db, account.id);
      await this.queue(db, account, recipient, token, 'password_forgotten');
      const by = memberActor(namesOf(account), from);
      await this.record(db, by, account, 'ask-password-link');
    });
  }

  /** The latest link is the only one. */
  private async make(db: Db, memberId: number): Promise<{ token: string; expiresAt: number }> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const now = this.clock.nowS();
    await db.execute('DELETE FROM password_links WHERE member_id = ? OR expires_at <= ?', [
      memberId,
      now,
    ]);
    await db.insert('password_links', {
      member_id: memberId,
      token_hash: tokenHash(token),
      created_at: now,
      expires_at: now + PASSWORD_LINK_S,
    });
    return { token, expiresAt: now + PASSWORD_LINK_S };
  }

  private async find(
    db: ReadDb,
    token: string,
  ): Promise<{ account: AccountRow; expiresAt: number }> {
    const [link] = await db.query<LinkRow>(
      'SELECT member_id, expires_at FROM password_links WHERE token_hash = ? AND expires_at > ?',
      [tokenHash(token), this.clock.nowS()],
    );
    const account = link && (await findAccount(db, link.member_id));
    if (!account || account.disabled) throw new AppError('auth.link_invalid');
    return { account, expiresAt: link.expires_at };
  }

  /** The link begins with what the settings say, never with what a request says. */
  private async queue(
    db: Db,
    account: AccountRow,
    recipient: string,
    token: string,
    words: 'password_forgotten' | 'password_invited',
  ): Promise<void> {
    const language = this.words.languageFor(account.language);
    const parts = passwordLinkMail(this.words, words, {
      language,
      firstName: account.first_name,
      lab: this.settings.lab.name,
      url: `${this.settings.web.baseUrl ?? ''}${pathOf(token)}`,
    });
    const content = mailContent(parts, language);
    await this.mail.queue(db, { kind: 'password-link', recipient, memberId: account.id, content });
  }

  private record(
    db: Db,
    by: Actor,
    account: AccountRow,
    action: AuditActionOf<'member'>,
  ): Promise<void> {
    const name = `${account.first_name} ${account.last_name}`.trim();
    return this.audit.record(db, by, { action, subject: 'member', id: account.id, name });
  }
}

function pathOf(token: string): string {
  return `${PASSWORD_LINK_PATH}#${token}`;
}
