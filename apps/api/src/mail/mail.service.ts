import type { Clock } from '@fabomatic/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { SealService } from '../data-folder/seal.service';
import type { Db } from '../database/db';
import { CLOCK } from '../lab/lab.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import type { MailContent } from './mail-text';
import { MailSender } from './mail-sender.service';

export type { MailContent, MailLine, MailLink, MailParts, MailSection } from './mail-text';
export { passwordChangedMail, passwordLinkMail } from './account-mails';
export { mailContent } from './mail-text';

export interface Mail {
  /** What it is about, for the delivery log: 'password-link'. */
  readonly kind: string;
  readonly recipient: string;
  readonly memberId: number | null;
  readonly content: MailContent;
}

/** Puts mails into the queue; {@link MailSender} takes them out. */
@Injectable()
export class MailService {
  constructor(
    private readonly seal: SealService,
    private readonly sender: MailSender,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Whether the settings name a mail server. */
  get isOn(): boolean {
    return this.settings.email.server !== null;
  }

  /** In the unit of what the mail tells of: both are stored, or neither. */
  async queue(db: Db, { kind, recipient, memberId, content }: Mail): Promise<void> {
    const now = this.clock.nowS();
    await db.insert('outgoing_mails', {
      kind,
      recipient,
      member_id: memberId,
      sealed_content: this.seal.seal(JSON.stringify(content)),
      created_at: now,
      next_try_at: now,
    });
    db.afterCommit(() => this.sender.wake());
  }
}
