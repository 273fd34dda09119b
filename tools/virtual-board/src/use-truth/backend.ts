import {
  type BoardReply,
  type BoardRequest,
  acceptCard,
  machineState,
  parseBoardRequest,
  REPLY_DEADLINE_MS,
  simpleReply,
} from '@fabomatic/boards';
import { assertNever } from '@fabomatic/kernel';
import {
  emptySession,
  type KnownUse,
  type MachineSession,
  onUseEvent,
  RECENT_USES,
  sessionFromHistory,
  useDurationS,
  type UseEvent,
  useInterval,
} from '@fabomatic/uses';
import type { VirtualClock } from '../virtual-clock';

/** Where the virtual clock's zero stands in epoch seconds. */
const EPOCH_S = 1_764_000_000;
const FLUSH_S = 30;
const SWEEP_MS = 1000;
/** No use is closed for silence this soon after a start of the backend. */
const GRACE_AFTER_START_MS = 120_000;

/** A machine as the backend keeps it. */
export interface RecordedMachine {
  readonly id: number;
  session: MachineSession;
  /** Use id -> the use as stored; last signs of life are stored late. */
  readonly stored: Map<number, KnownUse>;
  hoursS: number;
  /** Last signs of life that only memory knows. */
  readonly unstored: Map<number, KnownUse>;
  lastSeenAtS: number | null;
  storedLastSeenAtS: number | null;
  /** Counts messages: an answer that a newer one has overtaken is dropped. */
  sequence: number;
  readonly deliver: (suffix: string, payload: string) => void;
  readonly onTickAnswered: () => void;
}

export interface BackendOptions {
  readonly clock: VirtualClock;
  readonly logoffMin: number;
  /** Called for what can never be right, as soon as it is seen. */
  readonly complain: (text: string) => void;
  /** Called after each event, for whoever wants to read along. */
  readonly trace?: (line: string) => void;
}

/**
 * The backend in memory: it answers boards and records uses as the API does, by the same rule and
 * under the same conditions, and can be slow, away and restarted.
 */
export class MemoryBackend {
  readonly machines = new Map<number, RecordedMachine>();
  /** From the arrival of a message to its answer. */
  answerMs = 5;
  isUp = true;
  private startedMs = 0;
  private generation = 0;
  private nextUseId = 1;

  constructor(private readonly options: BackendOptions) {
    const sweep = (): void => {
      if (this.isUp) this.sweep();
      options.clock.after(SWEEP_MS, sweep);
    };
    sweep();
    const flush = (): void => {
      if (this.isUp) this.flush();
      options.clock.after(FLUSH_S * 1000, flush);
    };
    flush();
  }

  get nowS(): number {
    return EPOCH_S + this.options.clock.now() / 1000;
  }

  /** Epoch seconds of an instant of the virtual clock. */
  static epochS(atMs: number): number {
    return EPOCH_S + atMs / 1000;
  }

  addMachine({
    id,
    deliver,
    onTickAnswered,
  }: Pick<RecordedMachine, 'id' | 'deliver' | 'onTickAnswered'>): void {
    this.machines.set(id, {
      id,
      session: emptySession,
      stored: new Map(),
      hoursS: 0,
      unstored: new Map(),
      lastSeenAtS: null,
      storedLastSeenAtS: null,
      sequence: 0,
      deliver,
      onTickAnswered,
    });
  }

  /** The process ends, losing what is only in memory. */
  stop(): void {
    this.isUp = false;
    this.generation++;
  }

  start(): void {
    this.isUp = true;
    this.startedMs = this.options.clock.now();
    for (const machine of this.machines.values()) {
      machine.unstored.clear();
      machine.lastSeenAtS = machine.storedLastSeenAtS;
      const uses = [...machine.stored.values()];
      const closed = uses
        .filter((use) => use.endedAtS !== null)
        .sort((a, b) => b.startedAtS - a.startedAtS)
        .slice(0, RECENT_USES)
        .sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
      const open = uses.find((use) => use.endedAtS === null) ?? null;
      machine.session = sessionFromHistory(open, closed, machine.lastSeenAtS);
    }
  }

  /** A message of a board arrives; false: nobody is there to take it. */
  receive(machineId: number, payload: string): boolean {
    const machine = this.machines.get(machineId);
    if (!machine || !this.isUp) return false;
    const parsed = parseBoardRequest(payload);
    if (!parsed.ok) {
      this.options.complain(`a board sent what cannot be read: ${payload}`);
      return true;
    }
    const sequence = ++machine.sequence;
    machine.lastSeenAtS = this.nowS;
    const { reply, isTick } = this.handle(machine, parsed.request);
    if (reply === null) return true;
    const { generation, answerMs } = this;
    this.options.clock.after(answerMs, () => {
      if (generation !== this.generation || sequence !== machine.sequence) return;
      if (answerMs > REPLY_DEADLINE_MS) return;
      machine.deliver('/reply', JSON.stringify(reply));
      if (!isTick) return;
      machine.onTickAnswered();
      this.apply(machine, { kind: 'tick' });
    });
    return true;
  }

  private handle(machine: RecordedMachine, request: BoardRequest) {
    const answer = (reply: BoardReply | null, isTick = false) => ({ reply, isTick });
    switch (request.action) {
      case 'alive':
        this.apply(machine, { kind: 'alive' });
        return answer(null);
      case 'checkmachine':
        return answer(stateOf(machine, this.options.logoffMin), true);
      case 'checkuser':
        this.apply(machine, { kind: 'card-read' });
        return answer(acceptCard('Luca', 1));
      case 'startuse':
      case 'inuse':
      case 'stopuse': {
        const event = useEventOf(request);
        if (event) this.apply(machine, event);
        return answer(simpleReply(event !== null));
      }
      case 'maintenance':
      case 'synccache':
        return answer(simpleReply(false));
      default:
        return assertNever(request);
    }
  }

  private sweep(): void {
    const maySilence = this.options.clock.now() - this.startedMs > GRACE_AFTER_START_MS;
    for (const machine of this.machines.values()) {
      const { open, pendingStart } = machine.session;
      if (open || pendingStart) this.apply(machine, { kind: 'sweep', maySilence });
    }
  }

  private flush(): void {
    for (const machine of this.machines.values()) {
      for (const [id, use] of machine.unstored) machine.stored.set(id, use);
      machine.unstored.clear();
      machine.storedLastSeenAtS = machine.lastSeenAtS;
    }
  }

  private apply(machine: RecordedMachine, event: UseEvent): void {
    const decision = onUseEvent(machine.session, event, this.nowS);
    for (const effect of decision.effects) {
      if (effect.kind === 'insert') effect.use.id = this.nextUseId++;
      const { id } = effect.use;
      if (id === null) return this.options.complain('an effect on a use that was never stored');
      if (effect.kind === 'touch') {
        machine.unstored.set(id, effect.use);
        continue;
      }
      machine.hoursS += useDurationS(useInterval(effect.use)) - useDurationS(effect.before);
      machine.unstored.delete(id);
      machine.stored.set(id, effect.use);
      this.check(effect.use);
    }
    machine.session = decision.session;
    const open = [...machine.stored.values()].filter((use) => use.endedAtS === null);
    if (open.length > 1) this.options.complain('two uses of one machine are open');
    if (event.kind !== 'sweep' || decision.effects.length > 0) {
      this.options.trace?.(
        `${this.options.clock.now() / 1000} machine ${machine.id} ${textOf(event)} -> ${decision.outcome}`,
      );
    }
  }

  private check({ startedAtS, endedAtS }: KnownUse): void {
    if (endedAtS === null) return;
    if (endedAtS < startedAtS) this.options.complain('a use ended before it began');
    if (endedAtS > this.nowS + 0.001) this.options.complain('a use ended in the future');
  }
}

function stateOf(machine: RecordedMachine, logoffMin: number): BoardReply {
  const name = `M${machine.id}`;
  return machineState({
    name,
    typeId: 1,
    blocked: false,
    timeoutMin: logoffMin,
    graceMin: 1,
    dueMessage: null,
  });
}

function useEventOf(
  request: Extract<BoardRequest, { action: 'startuse' | 'inuse' | 'stopuse' }>,
): UseEvent | null {
  const { cardUid } = request;
  if (cardUid === null) return null;
  const holder = { cardUid, memberId: parseInt(cardUid, 16) % 1000, authorized: true };
  switch (request.action) {
    case 'startuse':
      return { kind: 'start', holder, replay: request.replay };
    case 'inuse':
      return { kind: 'in-use', holder, durationS: request.durationS };
    case 'stopuse':
      return { kind: 'stop', holder, durationS: request.durationS, replay: request.replay };
    default:
      return assertNever(request);
  }
}

function textOf(event: UseEvent): string {
  if (!('holder' in event)) return event.kind;
  const replay = 'replay' in event && event.replay ? ' replay' : '';
  const duration = 'durationS' in event ? ` ${event.durationS} s` : '';
  return `${event.kind} ${event.holder.cardUid}${duration}${replay}`;
}
