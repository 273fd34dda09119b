import { type BoardRequest, simpleReply } from '@fabomatic/boards';
import type { Clock } from '@fabomatic/kernel';
import { isPlanDue } from '@fabomatic/maintenance';
import {
  type KnownUse,
  onUseEvent,
  type UseDecision,
  type UseEffect,
  type UseEvent,
  useInterval,
} from '@fabomatic/uses';
import { Inject, Injectable } from '@nestjs/common';
import type { BoardAnswer } from '../boards/board-message';
import type { Db } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { CLOCK, LabService, type MachineRecord } from '../lab/lab.service';
import { LiveService } from '../live/live.service';
import { type Counted, countedBy, moved, storeCounters } from './use-counters';
import { storeUse } from './use.queries';

type Request<A extends BoardRequest['action']> = Extract<BoardRequest, { action: A }>;

/**
 * Turns what boards say into records: asks the rule of libs/uses, stores what it decides in one
 * transaction, and only then lets memory, pages and the board know. Always called from the
 * machine's queue, so that two events of one machine never overlap.
 */
@Injectable()
export class UsesService {
  constructor(
    private readonly lab: LabService,
    private readonly unitOfWork: UnitOfWork,
    private readonly live: LiveService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async start(
    machine: MachineRecord,
    { cardUid, replay }: Request<'startuse'>,
    nowS: number,
  ): Promise<BoardAnswer> {
    if (cardUid === null) return invalidCard('Invalid card');
    const holder = this.lab.holder(cardUid, machine);
    await this.apply(machine, { kind: 'start', holder, replay }, nowS);
    return holder.memberId === null ? invalidCard('Invalid card') : { reply: simpleReply(true) };
  }

  async inUse(
    machine: MachineRecord,
    { cardUid, durationS }: Request<'inuse'>,
    nowS: number,
  ): Promise<BoardAnswer> {
    if (cardUid === null) return invalidCard('Invalid card');
    const holder = this.lab.holder(cardUid, machine);
    await this.apply(machine, { kind: 'in-use', holder, durationS }, nowS);
    if (holder.memberId === null) return invalidCard('Invalid card');
    return { reply: simpleReply(durationS !== null, 'inUse') };
  }

  async stop(
    machine: MachineRecord,
    { cardUid, durationS, replay }: Request<'stopuse'>,
    nowS: number,
  ): Promise<BoardAnswer> {
    // 00000000: a remote stop on a free machine (F49), and whatever else is no card.
    if (cardUid === null) return invalidCard('Invalid card');
    const holder = this.lab.holder(cardUid, machine);
    await this.apply(machine, { kind: 'stop', holder, durationS, replay }, nowS);
    if (holder.memberId === null) return invalidCard('Invalid card');
    const message = durationS === null ? 'Bad duration' : `Duration ${durationS} seconds`;
    return { reply: simpleReply(true, message) };
  }

  /** `checkuser`: only a free board asks. */
  noteCardRead(machine: MachineRecord, nowS: number): void {
    this.remember(machine, onUseEvent(machine.session, { kind: 'card-read' }, nowS));
  }

  noteAlive(machine: MachineRecord, nowS: number): void {
    this.remember(machine, onUseEvent(machine.session, { kind: 'alive' }, nowS));
  }

  /** `checkmachine` was answered in time. */
  noteTick(machine: MachineRecord): void {
    this.remember(machine, onUseEvent(machine.session, { kind: 'tick' }, this.clock.nowS()));
  }

  /** A replayed maintenance is told from a new one in the same sequence as uses. */
  noteMaintenance(
    machine: MachineRecord,
    cardUid: string,
    replay: boolean,
    nowS: number,
  ): 'duplicate' | 'new' {
    const event: UseEvent = { kind: 'maintenance', cardUid, replay };
    const decision = onUseEvent(machine.session, event, nowS);
    this.remember(machine, decision);
    return decision.outcome === 'duplicate' ? 'duplicate' : 'new';
  }

  /** Time has passed: is a use over although nobody said so? */
  async sweep(machine: MachineRecord, maySilence: boolean): Promise<void> {
    const { open, pendingStart } = machine.session;
    if (!open && !pendingStart) return;
    await this.apply(machine, { kind: 'sweep', maySilence }, this.clock.nowS());
  }

  /** A person ends the open use; `record` runs in the same unit of work, with the use as it ended. */
  async closeByHand(
    machine: MachineRecord,
    record: (db: Db, use: KnownUse) => Promise<void>,
  ): Promise<void> {
    await this.apply(machine, { kind: 'close-by-hand' }, this.clock.nowS(), async (db, stored) => {
      for (const { use } of stored) await record(db, use);
    });
  }

  private async apply(
    machine: MachineRecord,
    event: UseEvent,
    nowS: number,
    record?: (db: Db, stored: readonly UseEffect[]) => Promise<void>,
  ): Promise<void> {
    const decision = onUseEvent(machine.session, event, nowS);
    const stored = decision.effects.filter((effect) => effect.kind !== 'touch');
    if (stored.length === 0) {
      this.remember(machine, decision);
      return;
    }
    const counted = countedBy(
      machine,
      stored.map(({ use, before }) => ({ before, after: useInterval(use) })),
    );
    await this.unitOfWork.run(async (db) => {
      for (const effect of stored) await storeUse(db, machine.id, effect);
      await storeCounters(db, machine, counted);
      await record?.(db, stored);
      db.afterCommit(() => {
        this.remember(machine, decision);
        this.count(machine, counted, nowS);
      });
    });
    this.tell(machine, stored, nowS);
  }

  private remember(machine: MachineRecord, decision: UseDecision): void {
    machine.session = decision.session;
  }

  private count(machine: MachineRecord, counted: Counted, nowS: number): void {
    machine.hoursS = moved(machine.hoursS, counted.machineS);
    for (const { plan, seconds } of counted.plans) {
      const wasDue = isPlanDue(plan);
      plan.elapsedS = moved(plan.elapsedS, seconds);
      if (!wasDue && isPlanDue(plan)) this.live.maintenanceDue(machine, plan, nowS);
    }
  }

  private tell(machine: MachineRecord, effects: readonly UseEffect[], nowS: number): void {
    for (const { kind, use, before } of effects) {
      const isClosed = use.endedAtS !== null;
      if (!isClosed && kind === 'insert') this.live.useStarted(machine, use, nowS);
      else if (isClosed && kind === 'insert') this.live.useRecorded(machine, use, nowS);
      else if (isClosed && before === null) this.live.useStopped(machine, use, nowS);
    }
    this.live.machineChanged(machine);
  }
}

function invalidCard(message: string): BoardAnswer {
  return { reply: simpleReply(false, message) };
}
