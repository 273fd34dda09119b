import { AppError } from '@fabomatic/kernel';
import { passwordProblem } from '@fabomatic/members';
import { Inject, Injectable } from '@nestjs/common';
import type { Db } from '../database/db';
import { type LanguageCode } from '@fabomatic/i18n';
import { mailContent, MailService, passwordChangedMail } from '../mail/mail.service';
import { MailWords } from '../mail/mail-words.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import type { AccountRow } from './accounts.queries';
import { SessionsService } from './sessions.service';

/** What a new password brings with it, whoever sets it. */
@Injectable()
export class PasswordsService {
  constructor(
    private readonly sessions: SessionsService,
    private readonly mail: MailService,
    private readonly words: MailWords,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** 422 at `newPassword` for what is guessed first. */
  refuseWeak(newPassword: string, account: AccountRow): void {
    const problem = passwordProblem(newPassword, {
      firstName: account.first_name,
      lastName: account.last_name,
      email: account.email,
      labName: this.settings.lab.name,
    });
    if (problem !== null) throw new AppError('request.invalid', {}, { newPassword: problem });
  }

  /** Stores it, ends all sessions and links of the member, and tells them by mail. */
  async store(db: Db, account: AccountRow, passwordHash: string): Promise<void> {
    await db.execute(
      `UPDATE members SET password_hash = ?, must_change_password = ?, version = version + 1
       WHERE id = ?`,
      [passwordHash, false, account.id],
    );
    await db.execute('DELETE FROM password_links WHERE member_id = ?', [account.id]);
    await this.sessions.endAll(db, account.id);
    if (account.email !== null && this.mail.isOn) await this.tell(db, account, account.email);
  }

  private async tell(db: Db, account: AccountRow, recipient: string): Promise<void> {
    const language: LanguageCode = this.words.languageFor(account.language);
    const lab = this.settings.lab.name;
    const parts = passwordChangedMail(this.words, { language, firstName: account.first_name, lab });
    const content = mailContent(parts, language);
    await this.mail.queue(db, {
      kind: 'password-changed',
      recipient,
      memberId: account.id,
      content,
    });
  }
}
