import { AppError } from '@fabomatic/kernel';
import { type MailTopic, type UnsubscribeView } from '@fabomatic/members';
import { Inject, Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import type { Origin } from '../auth/session.guard';
import { ReadDb } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { UnsubscribeLinks, type Unsubscription } from './unsubscribe-links.service';
import type { MailColumn } from './weekly-summary.queries';

export const TOPIC_COLUMNS: Readonly<Record<MailTopic, MailColumn>> = {
  'weekly-summary': 'weekly_summary',
  'maintenance-due': 'maintenance_due_mails',
  'machine-offline': 'machine_offline_mails',
  'machine-online': 'machine_online_mails',
};

interface SubscriberRow {
  first_name: string;
  last_name: string;
  is_subscribed: boolean;
}

/** Ends mails for whoever holds the link of one, without a login. */
@Injectable()
export class UnsubscribeService {
  constructor(
    private readonly db: ReadDb,
    private readonly units: UnitOfWork,
    private readonly links: UnsubscribeLinks,
    private readonly audit: AuditService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Changes nothing. Throws `mail.unsubscribe_invalid`. */
  async view(token: string): Promise<UnsubscribeView> {
    const { topic, memberId } = this.read(token);
    const member = await find(this.db, { topic, memberId });
    if (!member) throw new AppError('mail.unsubscribe_invalid');
    return { labName: this.settings.lab.name, topic, isSubscribed: member.is_subscribed };
  }

  /** Any number of times: mail programs and people press twice. */
  async end(token: string, { ip, correlationId }: Origin): Promise<void> {
    const { topic, memberId } = this.read(token);
    await this.units.run(async (db) => {
      const member = await find(db, { topic, memberId });
      if (!member) throw new AppError('mail.unsubscribe_invalid');
      if (!member.is_subscribed) return;
      await db.execute(
        `UPDATE members SET ${TOPIC_COLUMNS[topic]} = ?, version = version + 1 WHERE id = ?`,
        [false, memberId],
      );
      const name = `${member.first_name} ${member.last_name}`.trim();
      const by = { kind: 'member', id: memberId, name, ip, correlationId } as const;
      await this.audit.record(db, by, {
        action: 'unsubscribe',
        subject: 'member',
        id: memberId,
        name,
        after: { topic },
      });
    });
  }

  private read(token: string): Unsubscription {
    const unsubscription = this.links.read(token);
    if (unsubscription === null) throw new AppError('mail.unsubscribe_invalid');
    return unsubscription;
  }
}

async function find(
  db: ReadDb,
  { topic, memberId }: Unsubscription,
): Promise<SubscriberRow | undefined> {
  const [row] = await db.query<SubscriberRow>(
    `SELECT first_name, last_name, ${TOPIC_COLUMNS[topic]} AS is_subscribed FROM members
     WHERE id = ? AND deleted_at IS NULL`,
    [memberId],
  );
  return row;
}
