import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import type { MachineRecord } from '../lab/lab.service';
import { LiveService } from '../live/live.service';
import { RateLimitedLog } from '../logging/rate-limited-log.service';

/** Remembers the cards that nobody has, so that an admin can give them to a member. */
@Injectable()
export class UnrecognisedCards {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly live: LiveService,
    private readonly log: RateLimitedLog,
  ) {}

  /** Counts up one record for each card and machine. The board's answer does not wait for it. */
  note(machine: MachineRecord, cardUid: string, nowS: number): void {
    const stored = this.unitOfWork.run(async (db) => {
      const changed = await db.execute(
        'UPDATE unrecognised_cards SET last_seen_at = ?, times = times + 1 WHERE uid = ? AND machine_id = ?',
        [nowS, cardUid, machine.id],
      );
      if (changed > 0) return;
      await db.insert('unrecognised_cards', {
        uid: cardUid,
        machine_id: machine.id,
        first_seen_at: nowS,
        last_seen_at: nowS,
        times: 1,
      });
    });
    stored.then(
      () => this.live.cardUnrecognised(machine, cardUid, nowS),
      (error: unknown) =>
        // The database cannot be written: the card was refused all the same.
        this.log.warn('unrecognised', `A card could not be remembered: ${String(error)}`, 'Boards'),
    );
  }
}
