import { type BoardRequest, type BoardRequestProblem, simpleReply } from '@fabomatic/boards';
import { assertNever } from '@fabomatic/kernel';
import { Controller, UseFilters } from '@nestjs/common';
import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { MaintenanceService } from '../maintenance/maintenance.service';
import { RateLimitedLog } from '../logging/rate-limited-log.service';
import { UsesService } from '../uses/uses.service';
import { BoardCounters } from './board-counters.service';
import { BOARD_MESSAGE, type BoardAnswer, type BoardMessage } from './board-message';
import { BoardsService } from './boards.service';
import { RethrowFilter } from './rethrow.filter';
import { LabService, type MachineRecord } from '../lab/lab.service';
import { RemoteCommands } from './remote-commands.service';

/** Answered like a card that nobody has, and counted: a board that reads cards sends their uid. */
const NO_CARD: BoardRequestProblem = {
  action: 'checkuser',
  field: 'uid',
  expected: '8 hex digits',
};

/** Where a board's message goes: one line for each of the eight actions. */
@Controller()
@UseFilters(RethrowFilter)
export class BoardController {
  constructor(
    private readonly lab: LabService,
    private readonly boards: BoardsService,
    private readonly uses: UsesService,
    private readonly maintenance: MaintenanceService,
    private readonly commands: RemoteCommands,
    private readonly counters: BoardCounters,
    private readonly log: RateLimitedLog,
  ) {}

  @MessagePattern(BOARD_MESSAGE, Transport.MQTT)
  answer(@Payload() message: BoardMessage): Promise<BoardAnswer> | BoardAnswer {
    const { parsed, machineId, receivedAtS } = message;
    const machine = this.lab.machine(machineId);
    if (!parsed.ok) {
      // A board with a defect is on line all the same; what has no action may be anybody's noise.
      if (machine && parsed.problem.action !== null) this.boards.noteHeard(machine, receivedAtS);
      return this.refuseUnreadable(message, parsed.problem);
    }
    const { request } = parsed;
    if (!machine) return this.boards.answerStranger(machineId, request.action, receivedAtS);
    this.boards.noteHeard(machine, receivedAtS);
    const answer = this.answerTo(machine, request, message);
    this.commands.observe(machine, request, answer);
    return answer;
  }

  private answerTo(
    machine: MachineRecord,
    request: BoardRequest,
    message: BoardMessage,
  ): Promise<BoardAnswer> | BoardAnswer {
    const { receivedAtS } = message;
    switch (request.action) {
      case 'checkmachine':
        return this.boards.checkMachine(machine);
      case 'checkuser':
        if (request.cardUid === null) this.noteMalformed(message, NO_CARD);
        return this.boards.checkUser(machine, request.cardUid, receivedAtS);
      case 'startuse':
        this.boards.noteStart(machine, request.cardUid, receivedAtS);
        return this.uses.start(machine, request, receivedAtS);
      case 'inuse':
        return this.uses.inUse(machine, request, receivedAtS);
      case 'stopuse':
        return this.uses.stop(machine, request, receivedAtS);
      case 'maintenance':
        return this.maintenance.registerByCard(machine, request, message);
      case 'alive':
        return this.boards.alive(machine, request, receivedAtS);
      case 'synccache':
        return this.boards.syncCache(machine);
      default:
        return assertNever(request);
    }
  }

  /** Nothing can be read from it, and still it is answered: it may be a replay (F43). */
  private refuseUnreadable(message: BoardMessage, problem: BoardRequestProblem): BoardAnswer {
    this.noteMalformed(message, problem);
    if (problem.action === 'alive') return { reply: null };
    return { reply: simpleReply(false, `Bad ${problem.field}`) };
  }

  private noteMalformed(
    { machineId, correlationId }: BoardMessage,
    { action, field, expected }: BoardRequestProblem,
  ): void {
    this.counters.malformed++;
    this.log.warn(
      `malformed ${machineId}`,
      `Machine ${machineId}: a ${action ?? 'message'} with a bad ${field} (expected ${expected}).`,
      'Boards',
      correlationId,
    );
  }
}
