import { EXAMPLE_WHITELIST } from './card-memory';
import { MemoryLink } from './memory-link';
import type { RecordedLine } from './recording';
import { VirtualBoard } from './virtual-board';
import { VirtualClock } from './virtual-clock';

/** What a board showed to the world, in order. */
export interface Observation {
  readonly what: 'connect' | 'pub' | 'relay';
  readonly atMs: number;
  /** Of a `pub` the payload, of a `relay` on or off, of a `connect` nothing. */
  readonly text: string;
}

/** Something that follows a publish of the board rather than the time of day. */
interface Consequence {
  readonly delayMs: number;
  readonly run: () => void;
}

/** What the recorded board did. Relay lines that repeat the state are left out. */
export function recordedObservations(lines: readonly RecordedLine[]): Observation[] {
  const observations: Observation[] = [];
  let relay = 'off';
  for (const { dir, t_ms: atMs, payload } of lines) {
    const text = payload ?? '';
    if (dir === 'boot') relay = 'off';
    if (dir === 'connect') observations.push({ what: 'connect', atMs, text: '' });
    if (dir === 'pub') observations.push({ what: 'pub', atMs, text });
    if (dir === 'relay' && text !== relay) observations.push({ what: 'relay', atMs, text });
    if (dir === 'relay') relay = text;
  }
  return observations;
}

/** Puts a virtual board through a recorded scenario and returns what it did. */
export async function playScenario(lines: readonly RecordedLine[]): Promise<Observation[]> {
  const player = new Player(lines);
  await player.clock.runUntil(lines.at(-1)?.t_ms ?? 0);
  return player.observations;
}

class Player {
  readonly clock = new VirtualClock();
  readonly observations: Observation[] = [];
  private readonly link: MemoryLink;
  private readonly board: VirtualBoard;
  private readonly publishes: readonly RecordedLine[];
  /** Index of a publish -> what follows it. */
  private readonly consequences = new Map<number, Consequence[]>();
  private readonly scenario: string;

  constructor(lines: readonly RecordedLine[]) {
    this.scenario = lines[0]?.scenario ?? '';
    this.publishes = lines.filter((line) => line.dir === 'pub');
    const machineId = Number(this.publishes[0]?.topic?.split('/')[1] ?? 1);
    this.link = new MemoryLink({
      clock: this.clock,
      latencyMs: 0,
      onPublish: () => undefined,
      onConnect: () => this.observe('connect', ''),
    });
    this.board = new VirtualBoard({
      machineId,
      clock: this.clock,
      link: this.link,
      whitelist: EXAMPLE_WHITELIST,
      identity: { ip: '192.168.1.41', serial: 'dcda0c419755' },
    });
    let publishCount = 0;
    this.board.on((event) => {
      if (event.kind === 'published' && event.isSent) {
        this.observe('pub', event.payload);
        for (const { delayMs, run } of this.consequences.get(publishCount++) ?? []) {
          this.clock.after(delayMs, run);
        }
      }
      // A power cut of the test bench is not a switching of the relay.
      if (event.kind === 'power' && this.board.state.isRunning) this.observe('relay', event.state);
    });
    for (const line of lines) if (this.isAnswer(line)) this.planAnswer(line);
    for (const line of lines) this.planWorld(line);
  }

  private observe(what: Observation['what'], text: string): void {
    this.observations.push({ what, atMs: this.clock.now(), text });
  }

  /** Nobody scripted the original backend: of its answers only the reading is recorded. */
  private get isOriginalBackend(): boolean {
    return this.scenario.startsWith('ref/');
  }

  private isAnswer({ dir }: RecordedLine): boolean {
    return dir === 'rsp' || (this.isOriginalBackend && dir === 'recv');
  }

  /** An answer comes as long after the board's publish as it did in the recording. */
  private planAnswer(line: RecordedLine): void {
    const { topic, payload } = line;
    if (topic === null || payload === null) return;
    const deliver = () => this.link.deliver(topic, payload);
    const publishedMs = this.isOriginalBackend ? Math.max(0, line.t_ms - 24) : line.t_ms;
    const isCommand = topic.endsWith('/request');
    const index = this.publishBefore(line, publishedMs);
    if (index < 0 || (isCommand && this.scenario !== 'request/while_reply_pending')) {
      this.clock.at(line.t_ms, deliver);
      return;
    }
    const queryMs = this.publishes[index]?.t_ms ?? 0;
    this.addConsequence(index, Math.max(1, publishedMs - queryMs), deliver);
  }

  /** Index of the publish that an answer belongs to, or -1. */
  private publishBefore(line: RecordedLine, publishedMs: number): number {
    const isAliveAnswered =
      this.scenario.startsWith('alive/') || this.scenario === 'ref/unknown_machine';
    const toleranceMs = this.isOriginalBackend ? 25 : 3;
    return this.publishes.findLastIndex(
      (query) =>
        query.t_ms <= publishedMs + toleranceMs &&
        (isAliveAnswered || !query.payload?.includes('"alive"')) &&
        (!this.isOriginalBackend || query.t_ms <= line.t_ms),
    );
  }

  private planWorld(line: RecordedLine): void {
    const { dir, payload, note, t_ms: atMs } = line;
    if (dir === 'card' && payload !== null) {
      const heldMs = Number(/for (\d+)/.exec(note)?.[1] ?? 0);
      this.clock.at(atMs, () => this.board.tap(payload, heldMs));
    }
    if (dir === 'net' || dir === 'note') this.planNetwork(line);
    if (dir === 'boot') this.clock.at(Math.max(0, atMs - 8), () => this.board.boot());
    if (dir === 'end' || /power cut \(|^power cut$/.test(note)) {
      this.clock.at(atMs, () => void this.board.powerCut());
    }
  }

  private planNetwork({ dir, note, t_ms: atMs }: RecordedLine): void {
    const isLost = dir === 'net' && /refused|broker stopped|link down|broker down/.test(note);
    const isBack = /broker started|link possible/.test(note);
    const isDropped = dir === 'net' && note.startsWith('link cut');
    if (isLost) this.planCut(note, atMs, () => this.link.cut());
    else if (isBack) this.clock.at(atMs, () => this.link.restore());
    else if (isDropped) this.planCut(note, atMs, () => this.link.drop());
  }

  /** A cut that was aimed at a publish follows that publish. */
  private planCut(note: string, atMs: number, cut: () => void): void {
    const index = this.publishes.findLastIndex(
      (query) => query.t_ms <= atMs + 1 && atMs - query.t_ms < 300,
    );
    const isAimed = /cut/.test(note) && /^(link\/|ref)/.test(this.scenario);
    if (index < 0 || !isAimed) this.clock.at(atMs, cut);
    else {
      const queryMs = this.publishes[index]?.t_ms ?? 0;
      this.addConsequence(index, Math.max(0.1, atMs - queryMs), cut);
    }
  }

  private addConsequence(index: number, delayMs: number, run: () => void): void {
    const consequences = this.consequences.get(index) ?? [];
    consequences.push({ delayMs, run });
    this.consequences.set(index, consequences);
  }
}
