import { boardCommand, type BoardRequest, commandEvidence, requestTopic } from '@fabomatic/boards';
import { AppError, type Clock } from '@fabomatic/kernel';
import type { MachineCommandKind, MachineCommandView, RefusalReason } from '@fabomatic/machines';
import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../audit/audit.service';
import { CLOCK, LabService, type MachineRecord } from '../lab/lab.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import type { BoardAnswer } from './board-message';
import { BoardTransport } from './board-transport.service';
import { admitCommand } from './command-admission';
import { CommandJournal, commandView } from './command-journal.service';
import { MachineQueues } from './machine-queues.service';

/**
 * Starting and stopping machines from the portal. "Sent" only says that the broker took it: boards
 * answer no command, so that what they say afterwards decides what became of it.
 */
@Injectable()
export class RemoteCommands {
  constructor(
    private readonly lab: LabService,
    private readonly queues: MachineQueues,
    private readonly transport: BoardTransport,
    private readonly journal: CommandJournal,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(machineId: number): MachineCommandView[] {
    this.lab.existingMachine(machineId);
    return this.journal.of(machineId);
  }

  /** Between the messages of the machine's board, so that no use begins while it is decided. */
  async send(by: Actor, machineId: number, kind: MachineCommandKind): Promise<MachineCommandView> {
    this.lab.existingMachine(machineId);
    this.lab.refresh();
    return this.queues.run(machineId, async () => {
      const machine = this.lab.existingMachine(machineId);
      // A board has one slot for commands: a second one would overwrite the first (F47).
      if (this.journal.waitingFor(machineId) !== undefined) throw new AppError('command.pending');
      if (!this.transport.isConnected) throw new AppError('command.broker_down');
      const memberId = by.kind === 'member' ? by.id : null;
      const nowS = this.clock.nowS();
      const { wireUid, cardUid } = admitCommand(this.lab, machine, memberId, kind, nowS);
      const command = await this.journal.open(by, machineId, { kind, cardUid });
      const topic = requestTopic(this.settings.mqtt, machineId);
      this.transport.publish(topic, boardCommand(kind, wireUid));
      return commandView(command);
    });
  }

  /** A board said something and is being answered: is the outcome of a command known now? */
  observe(
    machine: MachineRecord,
    request: BoardRequest,
    answer: Promise<BoardAnswer> | BoardAnswer,
  ): void {
    const command = this.journal.waitingFor(machine.id);
    if (command === undefined) return;
    const evidence = commandEvidence(command, request);
    if (evidence === 'ask-access') {
      const reason = this.whyRefused(machine, command.cardUid);
      if (reason !== null) this.journal.settle(command, 'refused', reason);
    }
    if (evidence !== 'confirmed') return;
    const settle = () => this.journal.settle(command, 'confirmed');
    // Once the use is recorded. Where that fails the transport says so; the board did it all the same.
    Promise.resolve(answer).then(settle, settle);
  }

  private whyRefused(machine: MachineRecord, cardUid: string | null): RefusalReason | null {
    const member = cardUid === null ? undefined : this.lab.memberOfCard(cardUid);
    if (member === undefined) return 'not-authorised';
    const decision = this.lab.access(member, machine);
    return decision.allowed ? null : decision.reason;
  }
}
