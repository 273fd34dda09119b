import { type Clock, SECONDS_PER_MINUTE } from '@fabomatic/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { CLOCK, LabService } from '../lab/lab.service';
import { RateLimitedLog } from '../logging/rate-limited-log.service';

/** Written down this often: a board that reconnects for ever must not wear out an SD card. */
const NOTE_EVERY_S = 10 * SECONDS_PER_MINUTE;

/** Which accounts their boards have used. Nobody waits for it to be written down. */
@Injectable()
export class BoardLogins {
  /** Key: machine id; value: when its login was written down last. */
  private readonly notedAtS = new Map<number, number>();

  constructor(
    private readonly lab: LabService,
    private readonly unitOfWork: UnitOfWork,
    private readonly log: RateLimitedLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** From its first login on an account is the only way to speak for its machine. */
  note(machineId: number): void {
    const account = this.lab.machine(machineId)?.account;
    if (!account) return;
    const nowS = this.clock.nowS();
    const isFirst = !account.isUsed;
    account.isUsed = true;
    if (!isFirst && nowS - (this.notedAtS.get(machineId) ?? 0) < NOTE_EVERY_S) return;
    this.notedAtS.set(machineId, nowS);
    this.write(machineId, nowS).catch((error: unknown) => {
      // The database refused: memory knows, and the next login is written down again.
      this.notedAtS.delete(machineId);
      this.log.warn('login', `A login of a board was not written down: ${String(error)}`, 'Boards');
    });
  }

  private write(machineId: number, nowS: number): Promise<unknown> {
    return this.unitOfWork.run((db) =>
      db.execute(
        `UPDATE board_accounts SET first_used_at = COALESCE(first_used_at, ?), last_used_at = ?
         WHERE machine_id = ?`,
        [nowS, nowS, machineId],
      ),
    );
  }
}
