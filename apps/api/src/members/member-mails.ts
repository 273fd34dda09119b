import { AppError } from '@fabomatic/kernel';
import {
  type AlertMails,
  MAIL_FIELDS,
  MAIL_TOPICS,
  type MailRole,
  mailTopicsOf,
  portalAccessOf,
} from '@fabomatic/members';
import type { ReadDb } from '../database/db';

/** 422 at each mail that is asked for and that nobody of this role can have. */
export function refuseMailsOutsideRole(mails: AlertMails, role: MailRole): void {
  const allowed = mailTopicsOf(role);
  const asked: Readonly<Record<string, unknown>> = { ...mails };
  const refused = MAIL_TOPICS.filter(
    (topic) => !allowed.includes(topic) && asked[MAIL_FIELDS[topic]] === true,
  );
  if (refused.length === 0) return;
  const fields = refused.map((topic) => [MAIL_FIELDS[topic], 'member.mail_not_for_role']);
  throw new AppError('request.invalid', {}, Object.fromEntries(fields) as Record<string, string>);
}

/** What of a role decides about mails; nobody may have any of a role that is gone. */
export async function roleById(db: ReadDb, id: number): Promise<MailRole> {
  const [role] = await db.query<{ portal_access: string; maintenance: boolean }>(
    'SELECT portal_access, maintenance FROM roles WHERE id = ?',
    [id],
  );
  return {
    portalAccess: portalAccessOf(role?.portal_access ?? ''),
    maintenance: role?.maintenance ?? false,
  };
}
