import { AppError } from '@fabomatic/kernel';
import {
  type MailPreferencesUpdate,
  type MailPreferencesView,
  mailsOutsideRole,
  mailTopicsOf,
  missingEmail,
  portalAccessOf,
  wantsAlerts,
} from '@fabomatic/members';
import { Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { ReadDb } from '../database/db';
import { updateVersioned } from '../database/refusals';
import { UnitOfWork } from '../database/unit-of-work';
import { MailService } from '../mail/mail.service';

interface PreferencesRow {
  first_name: string;
  last_name: string;
  email: string | null;
  weekly_summary: boolean;
  maintenance_due_mails: boolean;
  machine_offline_mails: boolean;
  machine_online_mails: boolean;
  portal_access: string;
  maintenance: boolean;
  version: number;
}

/** Which mails members ask for themselves. */
@Injectable()
export class MyMailsService {
  constructor(
    private readonly db: ReadDb,
    private readonly units: UnitOfWork,
    private readonly audit: AuditService,
    private readonly mail: MailService,
  ) {}

  async get(memberId: number): Promise<MailPreferencesView> {
    return this.view(await existing(this.db, memberId));
  }

  /** Boards never ask for it: the lab in memory stays as it is. */
  update(by: Actor, memberId: number, body: MailPreferencesUpdate): Promise<MailPreferencesView> {
    return this.units.run(async (db) => {
      const row = await existing(db, memberId);
      const before = this.view(row);
      const portalAccess = portalAccessOf(row.portal_access);
      const outside = mailsOutsideRole(body, { portalAccess, maintenance: row.maintenance });
      if (Object.keys(outside).length > 0) throw new AppError('request.invalid', {}, outside);
      const asked = {
        email: row.email,
        weeklySummary: body.weeklySummary ?? false,
        wantsAlerts: wantsAlerts(body),
        portalAccess,
      };
      const code = missingEmail(asked);
      if (code === 'member.email_for_summary') throw new AppError('member.no_email');
      await updateVersioned(
        db,
        'members',
        { id: memberId, version: body.version },
        {
          weekly_summary: body.weeklySummary,
          maintenance_due_mails: body.maintenanceDueMails,
          machine_offline_mails: body.machineOfflineMails,
          machine_online_mails: body.machineOnlineMails,
        },
      );
      const after = this.view(await existing(db, memberId));
      await this.audit.record(db, by, {
        action: 'update',
        subject: 'member',
        id: memberId,
        name: `${row.first_name} ${row.last_name}`.trim(),
        before: chosen(before),
        after: chosen(after),
      });
      return after;
    });
  }

  private view(row: PreferencesRow): MailPreferencesView {
    const portalAccess = portalAccessOf(row.portal_access);
    return {
      email: row.email,
      weeklySummary: row.weekly_summary,
      maintenanceDueMails: row.maintenance_due_mails,
      machineOfflineMails: row.machine_offline_mails,
      machineOnlineMails: row.machine_online_mails,
      topics: [...mailTopicsOf({ portalAccess, maintenance: row.maintenance })],
      isMailOn: this.mail.isOn,
      version: row.version,
    };
  }
}

function chosen(view: MailPreferencesView): object {
  const { weeklySummary, maintenanceDueMails, machineOfflineMails, machineOnlineMails } = view;
  return { weeklySummary, maintenanceDueMails, machineOfflineMails, machineOnlineMails };
}

async function existing(db: ReadDb, memberId: number): Promise<PreferencesRow> {
  const [row] = await db.query<PreferencesRow>(
    `SELECT m.first_name, m.last_name, m.email, m.weekly_summary, m.maintenance_due_mails,
       m.machine_offline_mails, m.machine_online_mails, m.version, r.portal_access, r.maintenance
     FROM members m JOIN roles r ON r.id = m.role_id WHERE m.id = ? AND m.deleted_at IS NULL`,
    [memberId],
  );
  if (!row) throw new AppError('member.not_found', { id: memberId });
  return row;
}
