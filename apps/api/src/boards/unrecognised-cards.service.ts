import { AppError, type Page } from '@fabomatic/kernel';
import type { UnrecognizedCardListQuery, UnrecognizedCardView } from '@fabomatic/members';
import { Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { type Db, ReadDb } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import type { MachineRecord } from '../lab/lab.service';
import { LiveService } from '../live/live.service';
import { RateLimitedLog } from '../logging/rate-limited-log.service';
import { listUnrecognisedCards } from './unrecognised-cards.queries';

/** Remembers the cards that nobody has, so that an admin can give them to a member. */
@Injectable()
export class UnrecognisedCards {
  constructor(
    private readonly readDb: ReadDb,
    private readonly audit: AuditService,
    private readonly unitOfWork: UnitOfWork,
    private readonly live: LiveService,
    private readonly log: RateLimitedLog,
  ) {}

  /** Counts up one record for each card and machine. The board's answer does not wait for it. */
  note(machine: MachineRecord, cardUid: string, nowS: number): void {
    const stored = this.unitOfWork.run(async (db) => {
      // Given to a member since the board asked: it must not come back.
      if (await isSomebodys(db, cardUid)) return false;
      const changed = await db.execute(
        'UPDATE unrecognised_cards SET last_seen_at = ?, times = times + 1 WHERE uid = ? AND machine_id = ?',
        [nowS, cardUid, machine.id],
      );
      if (changed > 0) return true;
      await db.insert('unrecognised_cards', {
        uid: cardUid,
        machine_id: machine.id,
        first_seen_at: nowS,
        last_seen_at: nowS,
        times: 1,
      });
      return true;
    });
    stored.then(
      (isNoted) => {
        if (isNoted) this.live.cardUnrecognised(machine, cardUid, nowS);
      },
      (error: unknown) =>
        // The database cannot be written: the card was refused all the same.
        this.log.warn('unrecognised', `A card could not be remembered: ${String(error)}`, 'Boards'),
    );
  }

  list(query: UnrecognizedCardListQuery): Promise<Page<UnrecognizedCardView>> {
    return listUnrecognisedCards(this.readDb, query);
  }

  /** Takes a card off the list that nobody claims; the next tap brings it back. */
  remove(by: Actor, uid: string): Promise<void> {
    return this.unitOfWork.run(async (db) => {
      const removed = await this.forget(db, uid);
      if (removed === 0) throw new AppError('unrecognized_card.not_found');
      await this.audit.record(db, by, {
        action: 'delete',
        subject: 'unrecognized-card',
        id: null,
        name: uid,
        before: { uid },
      });
    });
  }

  /** Inside the unit that gives the card to a member. How many records it had: one per machine. */
  forget(db: Db, uid: string): Promise<number> {
    return db.execute('DELETE FROM unrecognised_cards WHERE uid = ?', [uid]);
  }
}

async function isSomebodys(db: ReadDb, uid: string): Promise<boolean> {
  const cards = await db.query('SELECT id FROM cards WHERE uid = ? AND revoked_at IS NULL', [uid]);
  return cards.length > 0;
}
