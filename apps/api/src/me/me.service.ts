import { AppError, type Page } from '@fabomatic/kernel';
import type {
  CardView,
  MyAuthorizationView,
  MyDataUpdate,
  MyDataView,
  MyListQuery,
  MyUseView,
} from '@fabomatic/members';
import { Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { ReadDb } from '../database/db';
import { updateVersioned } from '../database/refusals';
import { LabService } from '../lab/lab.service';
import { findMyData, listMyAuthorizations, listMyCards, listMyUses } from './me.queries';

/** What members see and change about themselves, whatever their role opens. */
@Injectable()
export class MeService {
  constructor(
    private readonly db: ReadDb,
    private readonly lab: LabService,
    private readonly audit: AuditService,
  ) {}

  data(memberId: number): Promise<MyDataView> {
    return existing(this.db, memberId);
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

  update(by: Actor, memberId: number, body: MyDataUpdate): Promise<MyDataView> {
    return this.lab.change(async (db) => {
      const before = await existing(db, memberId);
      await updateVersioned(
        db,
        'members',
        { id: memberId, version: body.version },
        { language: body.language },
      );
      const after = await existing(db, memberId);
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
}

async function existing(db: ReadDb, memberId: number): Promise<MyDataView> {
  const data = await findMyData(db, memberId);
  if (data === null) throw new AppError('member.not_found', { id: memberId });
  return data;
}
