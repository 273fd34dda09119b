import { AppError, type Clock } from '@fabomatic/kernel';
import { emailKey, type MemberView } from '@fabomatic/members';
import { Inject, Injectable } from '@nestjs/common';
import type { Editor } from '../auth/session.guard';
import * as z from 'zod';
import { UnrecognisedCards } from '../boards/unrecognised-cards.service';
import type { Db } from '../database/db';
import { CLOCK, LabService } from '../lab/lab.service';
import {
  isSelf,
  keepingAnAdministrator,
  refuseDeleted,
  refuseTakenEmail,
  refuseUnlessMayChange,
} from './member-guards';
import { MemberRecords } from './member-records.service';

/** What a deletion took away, as it is kept in `removed_authorizations_json`. */
const RemovedAuthorizations = z.array(
  z.object({ machine_id: z.number().int(), created_at: z.number() }),
);
type RemovedAuthorizations = z.infer<typeof RemovedAuthorizations>;

/** The end of a membership and its return. */
@Injectable()
export class MembershipsService {
  constructor(
    private readonly lab: LabService,
    private readonly records: MemberRecords,
    private readonly unrecognised: UnrecognisedCards,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The member stays as a row that history refers to; cards are free for others, authorisations
   * go, boards and the portal turn them away from now on.
   */
  remove(editor: Editor, id: number): Promise<void> {
    return this.lab.change(async (db) => {
      const before = await this.records.existing(db, id);
      refuseDeleted(before);
      if (isSelf(editor, id)) throw new AppError('member.self');
      refuseUnlessMayChange(editor, before.portalAccess);
      await keepingAnAdministrator(db, () => this.end(db, id));
      await this.records.recordChange(db, editor, 'delete', { id, before });
    });
  }

  /** Gives back what the deletion took, as far as it is still there. */
  restore(editor: Editor, id: number): Promise<MemberView> {
    return this.lab.change(async (db) => {
      const before = await this.records.existing(db, id);
      if (before.deletedAt === null) throw new AppError('member.not_deleted');
      refuseUnlessMayChange(editor, before.portalAccess);
      if (before.email !== null) await refuseTakenEmail(db, before.email, id);
      await this.giveCardsBack(db, id);
      await giveAuthorizationsBack(db, id);
      await db.execute(
        `UPDATE members SET deleted_at = NULL, email_key = ?, removed_authorizations_json = NULL,
           version = version + 1 WHERE id = ?`,
        [before.email === null ? null : emailKey(before.email), id],
      );
      return this.records.recordChange(db, editor, 'restore', { id, before });
    });
  }

  private async end(db: Db, id: number): Promise<void> {
    const nowS = this.clock.nowS();
    const removed = await db.query<RemovedAuthorizations[number]>(
      'SELECT machine_id, created_at FROM authorizations WHERE member_id = ? ORDER BY id',
      [id],
    );
    await db.execute('DELETE FROM authorizations WHERE member_id = ?', [id]);
    // The same moment as the deletion: a restored member gets these back, and no others.
    await db.execute('UPDATE cards SET revoked_at = ? WHERE member_id = ? AND revoked_at IS NULL', [
      nowS,
      id,
    ]);
    await db.execute(
      `UPDATE members SET deleted_at = ?, email_key = NULL, removed_authorizations_json = ?,
         version = version + 1 WHERE id = ?`,
      [nowS, JSON.stringify(removed), id],
    );
  }

  private async giveCardsBack(db: Db, memberId: number): Promise<void> {
    const cards = await db.query<{ id: number; uid: string }>(
      `SELECT c.id, c.uid FROM cards c JOIN members m ON m.id = c.member_id
       WHERE m.id = ? AND c.revoked_at = m.deleted_at AND NOT EXISTS (
         SELECT 1 FROM cards other WHERE other.uid = c.uid AND other.revoked_at IS NULL)`,
      [memberId],
    );
    for (const { id, uid } of cards) {
      await db.execute('UPDATE cards SET revoked_at = NULL WHERE id = ?', [id]);
      await this.unrecognised.forget(db, uid);
    }
  }
}

async function giveAuthorizationsBack(db: Db, memberId: number): Promise<void> {
  const [row] = await db.query<{ json: string | null }>(
    'SELECT removed_authorizations_json AS json FROM members WHERE id = ?',
    [memberId],
  );
  const removed = RemovedAuthorizations.parse(JSON.parse(row?.json ?? '[]'));
  const machines = await db.query<{ id: number }>('SELECT id FROM machines');
  const existing = new Set(machines.map(({ id }) => id));
  for (const { machine_id, created_at } of removed) {
    if (!existing.has(machine_id)) continue;
    await db.insert('authorizations', { member_id: memberId, machine_id, created_at });
  }
}
