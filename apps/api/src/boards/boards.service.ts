import {
  acceptCard,
  type BoardAction,
  type BoardRequest,
  machineState,
  MAX_CACHED_CARDS,
  refuseCard,
  simpleReply,
  unknownMachineState,
} from '@fabomatic/boards';
import { duePlans } from '@fabomatic/maintenance';
import { Injectable } from '@nestjs/common';
import { LabService, type MachineRecord } from '../lab/lab.service';
import { LiveService } from '../live/live.service';
import { UsesService } from '../uses/uses.service';
import type { BoardAnswer } from './board-message';
import { BoardRegister } from './board-register.service';
import { UnrecognisedCards } from './unrecognised-cards.service';

type AliveRequest = Extract<BoardRequest, { action: 'alive' }>;

/** What a machine without a type is told; the same as the seed's type. */
const UNTYPED = { timeoutMin: 480, graceMin: 2 };

/** The questions of a board that change no use: may this card, how is my machine, I am here. */
@Injectable()
export class BoardsService {
  constructor(
    private readonly lab: LabService,
    private readonly uses: UsesService,
    private readonly live: LiveService,
    private readonly register: BoardRegister,
    private readonly unrecognised: UnrecognisedCards,
  ) {}

  /** Every word of a board shows that its machine is on line. */
  noteHeard(machine: MachineRecord, nowS: number): void {
    machine.lastSeenAtS = nowS;
    this.live.machineHeard(machine, nowS);
  }

  checkMachine(machine: MachineRecord): BoardAnswer {
    const [due] = duePlans(machine.plans);
    const type = machine.type ?? UNTYPED;
    const reply = machineState({
      name: machine.name,
      typeId: machine.type?.id ?? null,
      blocked: machine.blocked,
      timeoutMin: type.timeoutMin,
      graceMin: type.graceMin,
      dueMessage: due ? due.lcdMessage : null,
    });
    return { reply, onSent: () => this.uses.noteTick(machine) };
  }

  checkUser(machine: MachineRecord, cardUid: string | null, nowS: number): BoardAnswer {
    this.uses.noteCardRead(machine, nowS);
    const member = cardUid === null ? undefined : this.lab.memberOfCard(cardUid);
    if (!member) {
      if (cardUid !== null) this.unrecognised.note(machine, cardUid, nowS);
      return { reply: refuseCard(false) };
    }
    const decision = this.lab.access(member, machine);
    if (decision.allowed) return { reply: acceptCard(member.firstName, decision.level) };
    this.live.cardRefused(machine, member, decision.reason, nowS);
    return { reply: refuseCard(true) };
  }

  /** A board let somebody in on its own: a card that nobody has is offered for adoption as well. */
  noteStart(machine: MachineRecord, cardUid: string | null, nowS: number): void {
    if (cardUid !== null && !this.lab.memberOfCard(cardUid)) {
      this.unrecognised.note(machine, cardUid, nowS);
    }
  }

  alive(machine: MachineRecord, request: AliveRequest, nowS: number): BoardAnswer {
    this.uses.noteAlive(machine, nowS);
    this.register.note(machine, request, nowS);
    return { reply: null };
  }

  syncCache(machine: MachineRecord): BoardAnswer {
    const cards = this.lab.recentCards(machine, MAX_CACHED_CARDS);
    return { reply: { request_ok: true, cards } };
  }

  /** A machine that nobody registered stays shut, and its replays are freed. */
  answerStranger(machineId: number, action: BoardAction, nowS: number): BoardAnswer {
    this.lab.noteStranger(machineId, nowS);
    switch (action) {
      case 'alive':
        return { reply: null };
      case 'checkmachine':
        return { reply: unknownMachineState() };
      case 'checkuser':
        return { reply: refuseCard(false) };
      default:
        return { reply: simpleReply(false, 'Invalid machine ID') };
    }
  }
}
