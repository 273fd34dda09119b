import { AppError, type Clock } from '@fabomatic/kernel';
import type { CardCreate, CardUpdate, MemberView } from '@fabomatic/members';
import type { AuditActionOf } from '@fabomatic/system';
import { Inject, Injectable } from '@nestjs/common';
import type { Editor } from '../auth/session.guard';
import { UnrecognisedCards } from '../boards/unrecognised-cards.service';
import type { Db, ReadDb } from '../database/db';
import { fieldError, refusing } from '../database/refusals';
import { CLOCK, LabService } from '../lab/lab.service';
import { refuseDeleted, refuseUnlessMayChange } from './member-guards';
import { MemberRecords } from './member-records.service';

/** The cards of members. A card is one member's at a time, and what boards are told changes at once. */
@Injectable()
export class MemberCardsService {
  constructor(
    private readonly lab: LabService,
    private readonly records: MemberRecords,
    private readonly unrecognised: UnrecognisedCards,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  add(editor: Editor, memberId: number, card: CardCreate): Promise<MemberView> {
    return this.lab.change((db) => this.addInside(db, editor, memberId, card));
  }

  /** Inside a unit. */
  addInside(db: Db, editor: Editor, memberId: number, card: CardCreate): Promise<MemberView> {
    return this.changeInside(db, editor, { memberId, action: 'add-card' }, () =>
      this.give(db, memberId, card, 'uid'),
    );
  }

  update(editor: Editor, memberId: number, cardId: number, body: CardUpdate): Promise<MemberView> {
    return this.change(editor, memberId, actionOf(body), async (db, member) => {
      const card = member.cards.find(({ id }) => id === cardId);
      if (card === undefined) throw new AppError('member.card_not_found', { id: cardId });
      if (body.label !== undefined) {
        await db.execute('UPDATE cards SET label = ? WHERE id = ?', [body.label || null, cardId]);
      }
      if (body.revoked === true && card.revokedAt === null) {
        await db.execute('UPDATE cards SET revoked_at = ? WHERE id = ?', [
          this.clock.nowS(),
          cardId,
        ]);
      }
      if (body.revoked === false && card.revokedAt !== null) {
        await this.makeValid(db, cardId, card.uid, 'uid');
      }
    });
  }

  /**
   * Inside a unit: the card becomes the member's, and is no unrecognised one any more. `field` is
   * where a refusal is shown.
   */
  async give(db: Db, memberId: number, card: CardCreate, field: string): Promise<void> {
    const { uid } = card;
    const [known] = await db.query<{ id: number }>(
      'SELECT id FROM cards WHERE member_id = ? AND uid = ? AND revoked_at IS NOT NULL ORDER BY id DESC',
      [memberId, uid],
    );
    const label = card.label || null;
    if (known === undefined) {
      await refuseTaken(db, uid, field);
      const row = { member_id: memberId, uid, label, created_at: this.clock.nowS() };
      await refusing(db.insert('cards', row), { unique: takenBy('', field) });
      await this.unrecognised.forget(db, uid);
      return;
    }
    // The same card found again.
    await this.makeValid(db, known.id, uid, field);
    if (label !== null) {
      await db.execute('UPDATE cards SET label = ? WHERE id = ?', [label, known.id]);
    }
  }

  private async makeValid(db: Db, cardId: number, uid: string, field: string): Promise<void> {
    await refuseTaken(db, uid, field);
    const change = db.execute('UPDATE cards SET revoked_at = NULL WHERE id = ?', [cardId]);
    await refusing(change, { unique: takenBy('', field) });
    await this.unrecognised.forget(db, uid);
  }

  private change(
    editor: Editor,
    memberId: number,
    action: AuditActionOf<'member'>,
    unit: (db: Db, before: MemberView) => Promise<void>,
  ): Promise<MemberView> {
    return this.lab.change((db) =>
      this.changeInside(db, editor, { memberId, action }, (before) => unit(db, before)),
    );
  }

  private async changeInside(
    db: Db,
    editor: Editor,
    { memberId, action }: { memberId: number; action: AuditActionOf<'member'> },
    unit: (before: MemberView) => Promise<void>,
  ): Promise<MemberView> {
    const before = await this.records.existing(db, memberId);
    refuseDeleted(before);
    refuseUnlessMayChange(editor, before.portalAccess);
    await unit(before);
    return this.records.recordChange(db, editor, action, { id: memberId, before });
  }
}

function actionOf({ revoked }: CardUpdate): AuditActionOf<'member'> {
  if (revoked === undefined) return 'label-card';
  return revoked ? 'revoke-card' : 'give-back-card';
}

async function refuseTaken(db: ReadDb, uid: string, field: string): Promise<void> {
  const [holder] = await db.query<{ first_name: string; last_name: string }>(
    `SELECT m.first_name, m.last_name FROM cards c JOIN members m ON m.id = c.member_id
     WHERE c.uid = ? AND c.revoked_at IS NULL`,
    [uid],
  );
  if (holder === undefined) return;
  throw takenBy(`${holder.first_name} ${holder.last_name}`.trim(), field);
}

function takenBy(holder: string, field: string): AppError {
  return fieldError('member.card_taken', field, { holder });
}
