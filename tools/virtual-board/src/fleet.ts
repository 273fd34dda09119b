import type { BoardEvent, BoardListener } from './board-events';
import { MqttLink } from './mqtt-link';
import type { BrokerAddress } from './mqtt-connection';
import { RealClock } from './real-clock';
import { fasterTimings } from './timings';
import { VirtualBoard } from './virtual-board';

export interface FleetOptions {
  readonly broker: BrokerAddress;
  readonly machineIds: readonly number[];
  readonly topicPrefix: string;
  /** See `fasterTimings`. */
  readonly speed: number;
  readonly onEvent?: BoardListener;
}

/** Boards on a real broker, one connection each, and what they went through together. */
export class Fleet {
  readonly clock = new RealClock();
  readonly boards: readonly VirtualBoard[];
  private readonly links: readonly MqttLink[];
  private readonly answerMs: number[] = [];
  /** Kind of event -> how many. */
  private readonly counts = new Map<BoardEvent['kind'], number>();

  constructor(options: FleetOptions) {
    const { broker, machineIds, topicPrefix, speed } = options;
    const { clock } = this;
    const links: MqttLink[] = [];
    this.boards = machineIds.map((machineId) => {
      const link = new MqttLink({ broker, clock });
      links.push(link);
      const timings = fasterTimings(speed);
      const board = new VirtualBoard({ machineId, clock, link, topicPrefix, timings });
      board.on((event) => this.note(event));
      if (options.onEvent) board.on(options.onEvent);
      return board;
    });
    this.links = links;
  }

  boot(): void {
    for (const board of this.boards) board.boot();
  }

  async powerCut(): Promise<void> {
    await Promise.all(this.boards.map((board) => board.powerCut()));
  }

  count(kind: BoardEvent['kind']): number {
    return this.counts.get(kind) ?? 0;
  }

  /** Why connections failed last, or null. */
  get lastError(): Error | null {
    return this.links.find(({ lastError }) => lastError !== null)?.lastError ?? null;
  }

  /** One line: "8 boards, 8 online, 3 in use | ...". */
  summary(): string {
    const states = this.boards.map(({ state }) => state);
    const online = states.filter(({ isOnline }) => isOnline).length;
    const inUse = states.filter(({ use }) => use !== null).length;
    const queued = states.reduce((sum, { queueLength }) => sum + queueLength, 0);
    const refused = this.count('refused') + this.count('blocked') + this.count('maintenance');
    const sorted = this.answerMs.toSorted((a, b) => a - b);
    const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
    return (
      `${states.length} boards, ${online} online, ${inUse} in use, ${queued} queued | ` +
      `${this.count('started')} started, ${this.count('stopped')} stopped, ${refused} refused | ` +
      `${sorted.length} answers, median ${at(0.5)} ms, 99% ${at(0.99)} ms, ` +
      `${this.count('unanswered')} missing`
    );
  }

  private note(event: BoardEvent): void {
    this.counts.set(event.kind, this.count(event.kind) + 1);
    if (event.kind === 'answered') this.answerMs.push(event.answerMs);
  }
}

/** An event for a person to read: "12.345 machine 3: started uid=0badf00d ...". */
export function describeEvent(event: BoardEvent): string {
  const { kind, machineId, atMs, ...details } = event;
  const text = Object.entries(details).map(([name, value]) => `${name}=${String(value)}`);
  return `${(atMs / 1000).toFixed(3)} machine ${machineId}: ${kind} ${text.join(' ')}`.trimEnd();
}
