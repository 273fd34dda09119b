import { AppError } from '@fabomatic/kernel';
import {
  type AlertMails,
  type MailRole,
  mailsOutsideRole,
  portalAccessOf,
} from '@fabomatic/members';
import type { ReadDb } from '../database/db';

/** 422 at each mail that is asked for and that nobody of this role can have. */
export function refuseMailsOutsideRole(mails: AlertMails, role: MailRole): void {
  const fields = mailsOutsideRole(mails, role);
  if (Object.keys(fields).length > 0) throw new AppError('request.invalid', {}, fields);
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
