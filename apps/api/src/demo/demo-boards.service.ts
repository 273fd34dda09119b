import { setMaxListeners } from 'node:events';
import { LEVEL_MEMBER, NO_CARD_UID } from '@fabomatic/members';
import {
  type BrokerAddress,
  emptyFlash,
  fasterTimings,
  type Flash,
  MqttLink,
  type PatternName,
  playPattern,
  RealClock,
  seededRandom,
  VirtualBoard,
} from '@fabomatic/virtual-board';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { LabService, type MachineRecord } from '../lab/lab.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { DemoFirmware } from './demo-firmware.service';
import { DEMO_MEMBERS, type DemoMember, STRANGE_CARDS } from './demo-people';

/** The boards' own pauses (boot, beeps, messages) are shorter as well; what a backend sees is not. */
const BOARD_SPEED = 2;
const SEED = 20_261_124;

/** What people do at a machine, and how many times quicker than real people they are. */
interface Play {
  readonly pattern: PatternName;
  readonly speed: number;
}

/** In the order of DEMO_MACHINES; null: its board is off. A newcomer watches for a minute or two. */
const PLAYS: readonly (Play | null)[] = [
  { pattern: 'mixed', speed: 1 },
  { pattern: 'tap', speed: 5 },
  { pattern: 'tap', speed: 3 },
  { pattern: 'mixed', speed: 1 },
  { pattern: 'tap', speed: 2 },
  { pattern: 'tap', speed: 2 },
  null,
  { pattern: 'tap', speed: 8 },
];

/**
 * The machines in use at the start were left without a network by their members, who have gone
 * meanwhile: so long after the start their boards are back and tell the end of these uses.
 */
const BACK_AFTER_MS = [50_000, 110_000] as const;

/** How many members' cards are shown at one machine. */
const CARDS_PER_MACHINE = 4;

/** Virtual boards at the demo's own broker, before which people come and go; they end with the process. */
@Injectable()
export class DemoBoards implements OnModuleDestroy {
  private readonly end = new AbortController();
  private readonly clock = new RealClock();
  private readonly boards: VirtualBoard[] = [];
  private readonly timers: NodeJS.Timeout[] = [];
  /** Cards of people who are at a machine already. */
  private readonly taken = new Set<string>();

  constructor(
    private readonly lab: LabService,
    private readonly firmware: DemoFirmware,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    // Each board's scene listens for the end.
    setMaxListeners(0, this.end.signal);
  }

  /** Called once the broker listens. */
  begin(): void {
    const delaysMs = [...BACK_AFTER_MS];
    for (const machine of this.lab.machines()) {
      const play = PLAYS[machine.id - 1];
      if (!play) continue;
      if (machine.session.open === null) this.switchOn(machine, play, emptyFlash());
      else this.comeBackLater(machine, play, delaysMs.shift() ?? BACK_AFTER_MS[1]);
    }
  }

  async onModuleDestroy(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
    this.end.abort();
    await Promise.all(this.boards.map((board) => board.powerCut()));
  }

  private comeBackLater(machine: MachineRecord, play: Play, delayMs: number): void {
    const { open } = machine.session;
    if (open === null) return;
    // The member logged out half way between the start of the demo and the board's return.
    const durationS = Math.ceil(open.lastSeenAtS - open.startedAtS + delayMs / 2000);
    const stop = `{"action":"stopuse", "uid":"${open.cardUid}","duration":${durationS}}`;
    const flash = { ...emptyFlash(), queue: [stop] };
    this.timers.push(setTimeout(() => this.switchOn(machine, play, flash), delayMs));
  }

  private switchOn(machine: MachineRecord, play: Play, flash: Flash): void {
    const { clock } = this;
    const random = seededRandom(SEED + machine.id);
    const board = new VirtualBoard({
      machineId: machine.id,
      clock,
      link: new MqttLink({ broker: this.broker(), clock }),
      timings: fasterTimings(BOARD_SPEED),
      identity: { ip: this.firmware.ipOf(machine.id) },
      topicPrefix: this.settings.mqtt.topic,
      flash,
      random,
    });
    this.boards.push(board);
    board.boot();
    void this.firmware.serve(board);
    const cards = this.cardsAt(machine);
    const { signal } = this.end;
    void playPattern(play.pattern, { board, clock, cards, random, speed: play.speed, signal });
  }

  private broker(): BrokerAddress {
    const { host, port, tlsPort, listeners, user, password } = this.settings.mqtt;
    const isAnyAddress = host === '0.0.0.0' || host === '::';
    const reachable = isAnyAddress ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
    return {
      // The certificate is the program's own, and the boards are part of the program.
      ...(listeners === 'tls'
        ? { url: `mqtts://${reachable}:${tlsPort}`, rejectUnauthorized: false }
        : { url: `mqtt://${reachable}:${port}` }),
      ...(user === null ? {} : { username: user }),
      ...(password === null ? {} : { password }),
    };
  }

  /**
   * Cards of members who may use the machine, one of a member who may not, and one of nobody. A
   * member comes to one machine only; the first one, who logs in to the demo, to none. Staff would
   * see to a due maintenance, and the demo would have none left to show.
   */
  private cardsAt(machine: MachineRecord): string[] {
    const allowed: string[] = [];
    const refused: string[] = [];
    for (const demoMember of DEMO_MEMBERS.slice(1)) {
      const uid = workingCard(demoMember);
      const member = uid === undefined ? undefined : this.lab.memberOfCard(uid);
      if (uid === undefined || member === undefined || this.taken.has(uid)) continue;
      const decision = this.lab.access(member, machine);
      if (!decision.allowed) refused.push(uid);
      else if (decision.level === LEVEL_MEMBER) allowed.push(uid);
    }
    const cards = [...allowed.slice(0, CARDS_PER_MACHINE), ...refused.slice(-1)];
    for (const uid of cards) this.taken.add(uid);
    return [...cards, STRANGE_CARDS[machine.id % STRANGE_CARDS.length] ?? NO_CARD_UID];
  }
}

/** A card that works, or undefined: all are revoked. */
function workingCard({ cards }: DemoMember): string | undefined {
  return cards.find(({ isRevoked }) => !isRevoked)?.uid;
}
