import { AppError, type Page } from '@fabomatic/kernel';
import type {
  CardView,
  MemberSummary,
  MyAuthorizationView,
  MyDataUpdate,
  MyDataView,
  MyListQuery,
  MyUseView,
} from '@fabomatic/members';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { ReadDb } from '../database/db';
import { updateVersioned } from '../database/refusals';
import { LabService } from '../lab/lab.service';
import { MembershipCalendar } from '../members/membership-calendar.service';
import { MembersService } from '../members/members.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { findMyData, listMyAuthorizations, listMyCards, listMyUses } from './me.queries';

/** What members see and change about themselves, whatever their role opens. */
@Injectable()
export class MeService {
  constructor(
    private readonly db: ReadDb,
    private readonly lab: LabService,
    private readonly audit: AuditService,
    private readonly members: MembersService,
    private readonly calendar: MembershipCalendar,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  data(memberId: number): Promise<MyDataView> {
    return this.existing(this.db, memberId);
  }

  cards(memberId: number, query: MyListQuery): Promise<Page<CardView>> {
    return listMyCards(this.db, memberId, query);
  }

  authorizations(memberId: number, query: MyListQuery): Promise<Page<MyAuthorizationView>> {
    return listMyAuthorizations(this.db, memberId, query);
  }

  uses(memberId: number, query: MyListQuery): Promise<Page<MyUseView>> {
    return listMyUses(this.db, memberId, query);
  }

  /** Hours and uses of each machine. */
  summary(memberId: number): Promise<MemberSummary> {
    return this.members.summary(memberId);
  }

  update(by: Actor, memberId: number, body: MyDataUpdate): Promise<MyDataView> {
    return this.lab.change(async (db) => {
      const before = await this.existing(db, memberId);
      await updateVersioned(
        db,
        'members',
        { id: memberId, version: body.version },
        { language: body.language },
      );
      const after = await this.existing(db, memberId);
      await this.audit.record(db, by, {
        action: 'update',
        subject: 'member',
        id: memberId,
        name: `${after.firstName} ${after.lastName}`.trim(),
        before: { language: before.language },
        after: { language: after.language },
      });
      return after;
    });
  }

  private async existing(db: ReadDb, memberId: number): Promise<MyDataView> {
    const data = await findMyData(db, memberId);
    if (data === null) throw new AppError('member.not_found', { id: memberId });
    const { name, timezone } = this.settings.lab;
    const { membershipEndsOn: end } = data;
    const hasMembershipEnded = end !== null && end < this.calendar.now().today;
    return { ...data, hasMembershipEnded, lab: { name, timezone } };
  }
}
