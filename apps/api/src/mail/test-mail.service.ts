import type { TestMailRequest, TestMailResult } from '@fabomatic/members';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { ReadDb } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { testMail } from './account-mails';
import { MailSender } from './mail-sender.service';
import { mailContent } from './mail-text';
import { MailWords } from './mail-words.service';

/** A mail that says that mail works. */
@Injectable()
export class TestMailService {
  constructor(
    private readonly db: ReadDb,
    private readonly sender: MailSender,
    private readonly words: MailWords,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** In the language of the member who asks. Throws `mail.off` or `mail.failed`. */
  send(by: Actor, { to }: TestMailRequest): Promise<TestMailResult> {
    return this.sendBy(by, to, this.settings.email);
  }

  /** By settings that need not be saved yet. */
  async sendBy(by: Actor, to: string, email: Settings['email']): Promise<TestMailResult> {
    const [reader] = await this.db.query<{ first_name: string; language: string | null }>(
      'SELECT first_name, language FROM members WHERE id = ?',
      [by.kind === 'member' ? by.id : null],
    );
    const language = this.words.languageFor(reader?.language ?? null);
    const lab = this.settings.lab.name;
    const firstName = reader?.first_name ?? by.name;
    const content = mailContent(testMail(this.words, { language, firstName, lab }), language);
    const result = await this.sender.sendNow(to, content, email);
    await this.unitOfWork.run((db) =>
      this.audit.record(db, by, { action: 'send', subject: 'test-mail', id: null, name: to }),
    );
    return result;
  }
}
