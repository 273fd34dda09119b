import { AppError } from '@fabomatic/kernel';
import type { MemberView } from '@fabomatic/members';
import type { AuditActionOf } from '@fabomatic/system';
import { Injectable } from '@nestjs/common';
import type { Editor } from '../auth/session.guard';
import { AuditService } from '../audit/audit.service';
import type { Db, ReadDb } from '../database/db';
import { findMember } from './members.queries';
import { MembershipCalendar } from './membership-calendar.service';

/** What all changes of members share: the record as it is, and the line in the audit trail. */
@Injectable()
export class MemberRecords {
  constructor(
    private readonly audit: AuditService,
    private readonly calendar: MembershipCalendar,
  ) {}

  async existing(db: ReadDb, id: number): Promise<MemberView> {
    const member = await findMember(db, id, this.calendar.now());
    if (member === null) throw new AppError('member.not_found', { id });
    return member;
  }

  /** `before`: null for a new member. Gives the member as changed. */
  async recordChange(
    db: Db,
    { by }: Editor,
    action: AuditActionOf<'member'>,
    { id, before }: { id: number; before: MemberView | null },
  ): Promise<MemberView> {
    const after = await this.existing(db, id);
    const name = `${after.firstName} ${after.lastName}`.trim();
    await this.audit.record(db, by, { action, subject: 'member', id, name, before, after });
    return after;
  }
}
