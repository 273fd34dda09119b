import { AppError, type Clock } from '@fabomatic/kernel';
import { DISCARDED } from '@fabomatic/members';
import type { AuditActionOf } from '@fabomatic/system';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import type { Db } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { CLOCK } from '../lab/lab.service';
import { MailSender } from './mail-sender.service';

interface QueuedRow {
  kind: string;
  recipient: string;
  sealed_content: string | null;
  sent_at: number | null;
  next_try_at: number | null;
}

/** What an administrator does with mails that are not sent. */
@Injectable()
export class MailQueue {
  constructor(
    private readonly units: UnitOfWork,
    private readonly sender: MailSender,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** At once, and then as often as a new one. Throws `mail.cannot_retry`. */
  retry(by: Actor, id: number): Promise<void> {
    return this.units.run(async (db) => {
      const mail = await existing(db, id);
      if (mail.sent_at !== null || mail.sealed_content === null) {
        throw new AppError('mail.cannot_retry');
      }
      await db.execute('UPDATE outgoing_mails SET attempts = 0, next_try_at = ? WHERE id = ?', [
        this.clock.nowS(),
        id,
      ]);
      await this.record(db, by, 'retry', id, mail);
      db.afterCommit(() => this.sender.wake());
    });
  }

  /** Not sent any more, and its content is forgotten. Throws `mail.is_over`. */
  discard(by: Actor, id: number): Promise<void> {
    return this.units.run(async (db) => {
      const mail = await existing(db, id);
      if (mail.sealed_content === null) throw new AppError('mail.is_over');
      await db.execute(
        `UPDATE outgoing_mails SET next_try_at = NULL, sealed_content = NULL, last_error = ?
         WHERE id = ?`,
        [DISCARDED, id],
      );
      await this.record(db, by, 'discard', id, mail);
    });
  }

  private record(
    db: Db,
    by: Actor,
    action: AuditActionOf<'mail'>,
    id: number,
    mail: QueuedRow,
  ): Promise<void> {
    const { kind, recipient } = mail;
    return this.audit.record(db, by, {
      action,
      subject: 'mail',
      id,
      name: recipient,
      after: { kind },
    });
  }
}

async function existing(db: Db, id: number): Promise<QueuedRow> {
  const [mail] = await db.query<QueuedRow>(
    `SELECT kind, recipient, sealed_content, sent_at, next_try_at FROM outgoing_mails
     WHERE id = ?`,
    [id],
  );
  if (!mail) throw new AppError('mail.not_found', { id });
  return mail;
}
