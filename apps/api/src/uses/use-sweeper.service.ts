import type { Clock } from '@fabomatic/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { MachineQueues } from '../boards/machine-queues.service';
import { UnitOfWork } from '../database/unit-of-work';
import { CLOCK, LabService, type MachineRecord } from '../lab/lab.service';
import { RateLimitedLog } from '../logging/rate-limited-log.service';
import { UsesService } from './uses.service';

const SWEEP_EVERY_MS = 1000;

/** Signs of life are written this often: an SD card must not take a write for each heartbeat. */
const FLUSH_EVERY_MS = 30_000;

/**
 * After a start of this process boards with queued messages come back within a minute: nobody's
 * use is closed for silence before this time is over.
 */
const PATIENCE_S = 120;

/** Closes the uses that nobody closed, and writes down when machines were last heard. */
@Injectable()
export class UseSweeper {
  private readonly timers: NodeJS.Timeout[] = [];
  private startedAtS = 0;
  /** Key: machine id; value: what is in the database of its machine and its open use. */
  private readonly written = new Map<number, { machineS: number | null; useS: number | null }>();

  constructor(
    private readonly lab: LabService,
    private readonly queues: MachineQueues,
    private readonly uses: UsesService,
    private readonly unitOfWork: UnitOfWork,
    private readonly log: RateLimitedLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  begin(): void {
    this.startedAtS = this.clock.nowS();
    this.timers.push(setInterval(() => this.sweep(), SWEEP_EVERY_MS));
    this.timers.push(setInterval(() => void this.flushOrLog(), FLUSH_EVERY_MS));
  }

  /** Writes what is still only in memory; the last thing before the database is closed. */
  async end(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.queues.settled();
    await this.flush();
  }

  private sweep(): void {
    const maySilence = this.clock.nowS() - this.startedAtS > PATIENCE_S;
    for (const machine of this.lab.machines()) {
      if (!machine.session.open && !machine.session.pendingStart) continue;
      this.queues.run(machine.id, () => this.sweepOne(machine.id, maySilence)).catch(this.failed);
    }
  }

  private async sweepOne(machineId: number, maySilence: boolean): Promise<void> {
    const machine = this.lab.machine(machineId);
    if (machine) await this.uses.sweep(machine, maySilence);
  }

  private flushOrLog(): Promise<void> {
    return this.flush().catch(this.failed);
  }

  private async flush(): Promise<void> {
    const stale = [...this.lab.machines()].filter((machine) => this.isStale(machine));
    if (stale.length === 0) return;
    const seen = stale.map((machine) => ({
      id: machine.id,
      machineS: machine.lastSeenAtS,
      useId: machine.session.open?.id ?? null,
      useS: machine.session.open?.lastSeenAtS ?? null,
    }));
    await this.unitOfWork.run(async (db) => {
      for (const { id, machineS, useId, useS } of seen) {
        await db.execute('UPDATE machines SET last_seen_at = ? WHERE id = ?', [machineS, id]);
        if (useId === null) continue;
        await db.execute(
          'UPDATE uses SET last_seen_at = ? WHERE id = ? AND ended_at IS NULL AND last_seen_at < ?',
          [useS, useId, useS],
        );
      }
    });
    for (const { id, machineS, useS } of seen) this.written.set(id, { machineS, useS });
  }

  private isStale(machine: MachineRecord): boolean {
    const written = this.written.get(machine.id);
    if (!written) return machine.lastSeenAtS !== null;
    const useS = machine.session.open?.lastSeenAtS ?? null;
    return written.machineS !== machine.lastSeenAtS || written.useS !== useS;
  }

  private readonly failed = (error: unknown): void =>
    // The database cannot be written now; the next round tries again.
    this.log.warn('sweep', `Uses could not be brought up to date: ${String(error)}`, 'Uses');
}
