import { assertNever } from '@fabomatic/kernel';
import { MemoryLink, type NetworkFault } from '../memory-link';
import { seededRandom } from '../random';
import { VirtualBoard } from '../virtual-board';
import { VirtualClock } from '../virtual-clock';
import { MemoryBackend } from './backend';
import { type Act, type Direction, MACHINE_IDS, type Scenario } from './scenario';
import { Witness } from './witness';

/** A card is held until it is seen, this long at most. */
const PATIENCE_MS = 10_000;
/** Long enough for the slowest queue (a pause of 60 s) and two ticks after it. */
const QUIET_MS = 240_000;

/** A board, its network, and the one who knows the truth about it. */
class Place {
  readonly board: VirtualBoard;
  readonly witness: Witness;
  readonly link: MemoryLink;
  private readonly faults: Record<Direction, NetworkFault[]> = { up: [], down: [] };

  constructor(
    readonly machineId: number,
    private readonly clock: VirtualClock,
    private readonly backend: MemoryBackend,
  ) {
    this.link = new MemoryLink({
      clock,
      faults: ({ direction }) => {
        const fault = this.faults[direction].shift() ?? {};
        if (direction === 'up') this.witness.willArrive(fault.copies ?? 1);
        return fault;
      },
      onPublish: (_topic, payload) => {
        const isTaken = backend.receive(machineId, payload);
        this.witness.arrived(isTaken, clock.now());
      },
    });
    const random = seededRandom(machineId);
    this.board = new VirtualBoard({ machineId, clock, link: this.link, random });
    this.witness = new Witness(this.board);
    backend.addMachine({
      id: machineId,
      deliver: (suffix, payload) => this.deliver(suffix, payload),
      onTickAnswered: () => this.witness.tickAnswered(clock.now()),
    });
  }

  deliver(suffix: string, payload: string): void {
    this.link.deliver(`machine/${this.machineId}${suffix}`, payload);
  }

  /** Does to this place, or to the backend, what is to happen. */
  act(act: Act): void {
    const { board, link, clock } = this;
    switch (act.kind) {
      case 'tap':
        return this.tap(act.card);
      case 'remote-start':
        return this.deliver('/request', `{"request_type":"start","uid":"${act.card}"}`);
      case 'remote-stop':
        return this.deliver('/request', '{"request_type":"stop","uid":"00000000"}');
      case 'drop-link':
        return link.drop();
      case 'cut-link':
        link.cut();
        clock.after(act.forS * 1000, () => link.restore());
        return;
      case 'power-cut':
        void board.powerCut();
        clock.after(act.offS * 1000, () => board.boot());
        return;
      case 'lose':
      case 'double': {
        const copies = act.kind === 'lose' ? 0 : 2;
        for (let n = 0; n < act.count; n++) this.faults[act.direction].push({ copies });
        return;
      }
      case 'delay':
        this.faults[act.direction].push({ delayMs: act.delayMs });
        return;
      case 'break-at':
        this.faults[act.direction].push(
          act.restoreAfterMs === null
            ? { breaks: 'drop' }
            : { breaks: 'cut', restoreAfterMs: act.restoreAfterMs },
        );
        return;
      case 'broker-down':
        link.cut();
        clock.after(act.forS * 1000, () => link.restore());
        return;
      case 'slow-backend':
        this.backend.answerMs = act.answerMs;
        clock.after(act.forS * 1000, () => (this.backend.answerMs = 5));
        return;
      case 'restart-backend':
        this.backend.stop();
        clock.after(act.downS * 1000, () => this.backend.start());
        return;
      default:
        assertNever(act);
    }
  }

  tap(uid: string): void {
    const { board } = this;
    if (!board.state.isRunning) return;
    board.tap(uid, PATIENCE_MS);
    const unsubscribe = board.on(({ kind }) => {
      if (kind !== 'card' && kind !== 'power-cut') return;
      unsubscribe();
      board.tap(uid);
    });
  }

  healNetwork(): void {
    this.faults.up = [];
    this.faults.down = [];
    this.link.restore();
  }
}

/** What a rehearsal left behind. */
export interface Aftermath {
  readonly backend: MemoryBackend;
  /** Machine id -> who watched it. */
  readonly witnesses: ReadonlyMap<number, Witness>;
  /** What was seen at once to be wrong. */
  readonly complaints: readonly string[];
  /** Every event that the backend took, in words. */
  readonly trace: readonly string[];
}

/** Plays a scenario, then lets everybody log out and all messages arrive. */
export async function rehearse({ logoffMin, steps }: Scenario): Promise<Aftermath> {
  const clock = new VirtualClock();
  const complaints: string[] = [];
  const trace: string[] = [];
  const backend = new MemoryBackend({
    clock,
    logoffMin,
    complain: (text) => complaints.push(`${clock.now() / 1000} ${text}`),
    trace: (line) => trace.push(line),
  });
  const places = MACHINE_IDS.map((id) => new Place(id, clock, backend));
  for (const { board, machineId } of places) {
    board.on(({ kind, ...event }) => {
      const isNews = /^(boot|power-cut|broken|unsent|unanswered|queued|flash-saved)$/.test(kind);
      if (isNews) trace.push(`${clock.now() / 1000} board ${machineId} ${kind} ${words(event)}`);
    });
    board.boot();
  }
  await clock.runFor(10_000);
  for (const { afterS, machine, act } of steps) {
    await clock.runFor(afterS * 1000);
    trace.push(`${clock.now() / 1000} machine ${machine + 1} ACT ${JSON.stringify(act)}`);
    const concerned = act.kind === 'broker-down' ? places : [places[machine]];
    for (const place of concerned) place?.act(act);
  }
  await quieten(clock, backend, places);
  const witnesses = new Map(places.map(({ machineId, witness }) => [machineId, witness]));
  return { backend, witnesses, complaints, trace };
}

async function quieten(
  clock: VirtualClock,
  backend: MemoryBackend,
  places: readonly Place[],
): Promise<void> {
  await clock.runFor(60_000); // power, backend and network that were to come back have a start
  if (!backend.isUp) backend.start();
  backend.answerMs = 5;
  for (const place of places) {
    place.healNetwork();
    place.board.boot();
  }
  await clock.runFor(QUIET_MS);
  for (const place of places) {
    const { use } = place.board.state;
    if (use) place.tap(use.uid);
  }
  await clock.runFor(QUIET_MS);
}

function words(event: object): string {
  return 'query' in event ? String(event.query) : '';
}
