import type { SentCommand } from '@fabomatic/boards';
import { type Clock, monotonicMs, toIso, toIsoOrNull } from '@fabomatic/kernel';
import {
  COMMAND_TIMEOUT_S,
  type CommandState,
  type MachineCommandView,
  type RefusalReason,
} from '@fabomatic/machines';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, AuditService } from '../audit/audit.service';
import type { Db } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { CLOCK, LabService } from '../lab/lab.service';
import { LiveService } from '../live/live.service';
import { RateLimitedLog } from '../logging/rate-limited-log.service';

/** As many commands of a machine are remembered. */
const REMEMBERED = 20;
const TIMEOUT_MS = COMMAND_TIMEOUT_S * 1000;

/** Who tells what became of a command. */
const BOARD: Actor = { kind: 'board', id: null, name: '', ip: null, correlationId: null };

export interface Command extends SentCommand {
  readonly id: number;
  readonly machineId: number;
  readonly by: Actor;
  readonly sentAtS: number;
  /** The same moment on a clock that nobody sets. */
  readonly sentAtMs: number;
  state: CommandState;
  reason: RefusalReason | null;
  settledAtS: number | null;
}

/** The remote commands of this run of the API, and what became of them. */
@Injectable()
export class CommandJournal {
  /** Key: machine id; newest first. */
  private readonly byMachine = new Map<number, Command[]>();
  /** Key: machine id. */
  private readonly waiting = new Map<number, Command>();
  private lastId = 0;
  /** Outcomes on their way into the audit trail. */
  private recording: Promise<void> = Promise.resolve();

  constructor(
    private readonly lab: LabService,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditService,
    private readonly live: LiveService,
    private readonly log: RateLimitedLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    lab.onReload(() => this.forgetWithoutMachine());
  }

  of(machineId: number): MachineCommandView[] {
    return (this.byMachine.get(machineId) ?? []).map(commandView);
  }

  /** The command of this machine whose outcome is not known yet. */
  waitingFor(machineId: number): Command | undefined {
    return this.waiting.get(machineId);
  }

  /** Before it is sent: nothing starts a machine that the trail does not tell of. */
  async open(by: Actor, machineId: number, what: SentCommand): Promise<Command> {
    const command: Command = {
      ...what,
      id: ++this.lastId,
      machineId,
      by,
      sentAtS: this.clock.nowS(),
      sentAtMs: monotonicMs(),
      state: 'sent',
      reason: null,
      settledAtS: null,
    };
    await this.unitOfWork.run((db) => this.record(db, command, by));
    const known = this.byMachine.get(machineId) ?? [];
    this.byMachine.set(machineId, [command, ...known].slice(0, REMEMBERED));
    this.waiting.set(machineId, command);
    setTimeout(() => this.expire(monotonicMs()), TIMEOUT_MS).unref();
    this.live.commandChanged(commandView(command));
    return command;
  }

  settle(command: Command, state: CommandState, reason: RefusalReason | null = null): void {
    if (command.state !== 'sent') return;
    command.state = state;
    command.reason = reason;
    command.settledAtS = this.clock.nowS();
    this.waiting.delete(command.machineId);
    this.live.commandChanged(commandView(command));
    this.recording = this.recording
      .then(() => this.unitOfWork.run((db) => this.record(db, command, BOARD)))
      .catch((error: unknown) =>
        // The database cannot be written now: the trail keeps that the command was sent.
        this.log.warn('command', `A command's outcome was not stored: ${String(error)}`, 'Boards'),
      );
  }

  /** Gives up on what was sent {@link COMMAND_TIMEOUT_S} before `nowMs` (monotonic). */
  expire(nowMs: number): void {
    for (const command of this.waiting.values()) {
      if (nowMs - command.sentAtMs >= TIMEOUT_MS) this.settle(command, 'timed-out');
    }
  }

  /** The API ends: nobody waits for an outcome any longer. */
  async end(): Promise<void> {
    this.expire(Number.POSITIVE_INFINITY);
    await this.recording;
  }

  private forgetWithoutMachine(): void {
    for (const id of this.byMachine.keys()) {
      if (this.lab.machine(id) !== undefined) continue;
      this.byMachine.delete(id);
      this.waiting.delete(id);
    }
  }

  private record(db: Db, command: Command, by: Actor): Promise<void> {
    const { id, machineId, kind, state, reason } = command;
    return this.audit.record(db, by, {
      action: kind,
      subject: 'machine',
      id: machineId,
      name: this.lab.machine(machineId)?.name ?? String(machineId),
      after: { commandId: id, state, reason },
    });
  }
}

export function commandView(command: Command): MachineCommandView {
  return {
    id: command.id,
    machineId: command.machineId,
    command: command.kind,
    state: command.state,
    reason: command.reason,
    memberId: command.by.kind === 'member' ? command.by.id : null,
    memberName: command.by.name,
    sentAt: toIso(command.sentAtS),
    settledAt: toIsoOrNull(command.settledAtS),
  };
}
