import { AppError, type Clock, fromIso, type Page } from '@fabomatic/kernel';
import {
  byHandProblem,
  CLOSE_AFTER_SILENCE_S,
  type KnownUse,
  mayCloseByHand,
  type UseCorrection,
  type UseCreate,
  type UseInterval,
  type UseListQuery,
  type UseRemoval,
  type UseView,
} from '@fabomatic/uses';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import { MachineQueues } from '../boards/machine-queues.service';
import { type Db, ReadDb } from '../database/db';
import { updateVersioned } from '../database/refusals';
import { CLOCK, LabService, type MachineRecord } from '../lab/lab.service';
import { LiveService } from '../live/live.service';
import { type CountedChange, countedBy, storeCounters } from './use-counters';
import { findUse, type LastHeard, listUses, useChunks } from './use-list.queries';
import { refuseOverlap } from './use-overlap.queries';
import { UsesService } from './uses.service';

const SUBJECT = 'use' as const;

/** Uses as people read, write down, correct and delete them; what boards say is {@link UsesService}'s. */
@Injectable()
export class UseRecordsService {
  constructor(
    private readonly db: ReadDb,
    private readonly lab: LabService,
    private readonly queues: MachineQueues,
    private readonly uses: UsesService,
    private readonly live: LiveService,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(query: UseListQuery): Promise<Page<UseView>> {
    return listUses(this.db, query, this.lastHeard);
  }

  /** All uses that the list shows on all its pages. */
  chunks(query: UseListQuery): AsyncIterable<UseView[]> {
    return useChunks(this.db, query, this.lastHeard);
  }

  get(id: number): Promise<UseView> {
    return this.existing(this.db, id);
  }

  async create(by: Actor, body: UseCreate): Promise<UseView> {
    const interval = { startedAtS: fromIso(body.startedAt), endedAtS: fromIso(body.endedAt) };
    this.refuseInterval(interval, body.confirmLong);
    const made = await this.lab.changeUses(async (db) => {
      const machine = this.machineOf(body.machineId);
      this.refuseMember(body.memberId);
      await refuseOverlap(db, machine.id, interval, null);
      const id = await db.insert('uses', {
        machine_id: machine.id,
        member_id: body.memberId,
        card_uid: null,
        started_at: interval.startedAtS,
        last_seen_at: interval.endedAtS,
        ended_at: interval.endedAtS,
        duration_s: interval.endedAtS - interval.startedAtS,
        authorized: true,
        source: 'manual',
        closed_by: 'manual',
      });
      await this.count(db, machine, { before: null, after: interval });
      const after = await this.existing(db, id);
      await this.audit.record(db, by, { ...this.subject(after), action: 'create', after });
      return after;
    });
    await this.live.usesChanged();
    return made;
  }

  /** Ends an open use whose board is silent. In the machine's queue, like what boards say. */
  async close(by: Actor, id: number): Promise<UseView> {
    const before = await this.get(id);
    await this.queues.run(before.machineId, async () => {
      const machine = this.lab.machine(before.machineId);
      const open = machine?.session.open;
      if (!machine || open?.id !== id) throw new AppError('use.not_open');
      this.refuseSpeaking(machine, open);
      await this.uses.closeByHand(machine, async (db) => {
        const after = await this.existing(db, id);
        await this.audit.record(db, by, {
          ...this.subject(after),
          action: 'close',
          before,
          after,
        });
      });
    });
    return this.get(id);
  }

  async correct(by: Actor, id: number, body: UseCorrection): Promise<UseView> {
    const corrected = await this.lab.changeUses(async (db) => {
      const before = await this.existing(db, id);
      const counted = intervalOf(before);
      if (counted === null) throw new AppError('use.still_open');
      if (body.memberId !== undefined && body.memberId !== before.memberId) {
        this.refuseMember(body.memberId);
      }
      const after = await this.correctedInterval(db, before, counted, body);
      const columns = after === counted ? {} : correctedColumns(before, after);
      await updateVersioned(
        db,
        'uses',
        { id, version: body.version },
        { ...columns, member_id: body.memberId },
      );
      await this.count(db, this.machineOf(before.machineId), { before: counted, after });
      const view = await this.existing(db, id);
      await this.audit.record(db, by, {
        ...this.subject(view),
        action: 'correct',
        before,
        after: { ...view, reason: body.reason },
      });
      return view;
    });
    await this.live.usesChanged();
    return corrected;
  }

  async remove(by: Actor, id: number, { hours }: UseRemoval): Promise<void> {
    await this.lab.changeUses(async (db) => {
      const before = await this.existing(db, id);
      const machine = this.machineOf(before.machineId);
      const { open } = machine.session;
      if (open?.id === id) this.refuseSpeaking(machine, open);
      await db.execute('DELETE FROM uses WHERE id = ?', [id]);
      if (hours === 'subtract') {
        await this.count(db, machine, { before: intervalOf(before), after: null });
      }
      await this.audit.record(db, by, {
        ...this.subject(before),
        action: 'delete',
        before,
        after: { hours },
      });
    });
    await this.live.usesChanged();
  }

  private readonly lastHeard: LastHeard = (machineId, useId) => {
    const machine = this.lab.machine(machineId);
    const open = machine?.session.open;
    if (!machine || open?.id !== useId) return null;
    return { lastSeenAtS: open.lastSeenAtS, boardSeenAtS: machine.lastSeenAtS };
  };

  private async existing(db: ReadDb, id: number): Promise<UseView> {
    const use = await findUse(db, id, this.lastHeard);
    if (use === null) throw new AppError('use.not_found', { id });
    return use;
  }

  private async correctedInterval(
    db: ReadDb,
    before: UseView,
    counted: UseInterval,
    body: UseCorrection,
  ): Promise<UseInterval> {
    const after = {
      startedAtS: body.startedAt === undefined ? counted.startedAtS : fromIso(body.startedAt),
      endedAtS: body.endedAt === undefined ? counted.endedAtS : fromIso(body.endedAt),
    };
    if (after.startedAtS === counted.startedAtS && after.endedAtS === counted.endedAtS) {
      return counted;
    }
    this.refuseInterval(after, body.confirmLong);
    await refuseOverlap(db, before.machineId, after, before.id);
    return after;
  }

  private refuseInterval(interval: UseInterval, isLongMeant: boolean): void {
    const problem = byHandProblem(interval, isLongMeant, this.clock.nowS());
    if (problem === null) return;
    throw new AppError(problem.code, problem.params, { [problem.field]: problem.code });
  }

  /** Whose board speaks, that machine is running: its use is stopped at the machine. */
  private refuseSpeaking(machine: MachineRecord, open: KnownUse): void {
    const heardAtS = Math.max(machine.lastSeenAtS ?? 0, open.lastSeenAtS);
    if (mayCloseByHand(heardAtS, this.clock.nowS())) return;
    throw new AppError('use.board_speaks', { minutes: CLOSE_AFTER_SILENCE_S / 60 });
  }

  private machineOf(id: number): MachineRecord {
    const machine = this.lab.machine(id);
    if (machine) return machine;
    throw new AppError('request.invalid', {}, { machineId: 'machine.not_found' });
  }

  private refuseMember(id: number): void {
    const member = this.lab.member(id);
    if (member && !member.deleted) return;
    throw new AppError('request.invalid', {}, { memberId: 'member.not_found' });
  }

  /** Memory is read again at the end of the unit, from what is stored here. */
  private count(db: Db, machine: MachineRecord, change: CountedChange): Promise<void> {
    return storeCounters(db, machine, countedBy(machine, [change]));
  }

  private subject(use: UseView) {
    const name = `${use.machineName}, ${use.memberName ?? '-'}, ${use.startedAt}`;
    return { subject: SUBJECT, id: use.id, name };
  }
}

function intervalOf(use: UseView): UseInterval | null {
  if (use.endedAt === null) return null;
  return { startedAtS: fromIso(use.startedAt), endedAtS: fromIso(use.endedAt) };
}

/** What a person tells is exact; when the board was last heard stays what it was. */
function correctedColumns(before: UseView, { startedAtS, endedAtS }: UseInterval) {
  const lastSeenAtS =
    before.source === 'manual' ? endedAtS : Math.min(fromIso(before.lastSeenAt), endedAtS);
  return {
    started_at: startedAtS,
    ended_at: endedAtS,
    duration_s: endedAtS - startedAtS,
    last_seen_at: Math.max(lastSeenAtS, startedAtS),
    estimated: false,
    closed_by: 'manual',
  };
}
