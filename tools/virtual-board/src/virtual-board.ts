import { BoardConnection } from './board-connection';
import type { BoardHappening, BoardListener } from './board-events';
import { CardCache, type Whitelist } from './card-memory';
import { CardReader } from './card-reader';
import type { Clock } from './clock';
import { Cpu, PowerCut } from './cpu';
import { type CurrentUse, Firmware, type Power } from './firmware';
import { emptyFlash, type Flash } from './flash';
import type { Link } from './link';
import { MACHINE_AT_BOOT, type MachineState } from './machine-state';
import { Outbox } from './outbox';
import { type BoardTimings, FIRMWARE_TIMINGS } from './timings';
import { type BoardIdentity, identityOf } from './wire-texts';

export interface VirtualBoardOptions {
  /** 1..65535. */
  readonly machineId: number;
  readonly clock: Clock;
  /** The board's own; no two boards share one. */
  readonly link: Link;
  /** What differs from the firmware's timings. */
  readonly timings?: Partial<BoardTimings>;
  /** Default: plausible values of its own for each machine id. */
  readonly identity?: Partial<BoardIdentity>;
  /** Cards that come in when nobody answers. Default: none. */
  readonly whitelist?: Whitelist;
  /** What was saved before. Default: empty. */
  readonly flash?: Flash;
  /** Default `machine`: the board's topic is `machine/<id>`. */
  readonly topicPrefix?: string;
  /** 0 <= random() < 1; draws the client id at each boot. Default: Math.random. */
  readonly random?: () => number;
}

/** How a board stands at this moment. */
export interface BoardState {
  readonly isRunning: boolean;
  readonly isOnline: boolean;
  readonly power: Power;
  readonly use: CurrentUse | null;
  readonly machine: MachineState;
  /** Messages that wait to be replayed. */
  readonly queueLength: number;
}

/** One power-on. */
interface Boot {
  readonly cpu: Cpu;
  readonly connection: BoardConnection;
  readonly outbox: Outbox;
  readonly firmware: Firmware;
  readonly ended: Promise<void>;
}

/**
 * A Fab-O-Matic board that behaves as the recorded firmware does: what it sends, when, what it
 * believes, what it loses. It begins without power: call `boot()`.
 */
export class VirtualBoard {
  readonly machineId: number;
  readonly reader: CardReader;
  readonly flash: Flash;
  private readonly timings: BoardTimings;
  private identity: BoardIdentity;
  private readonly listeners = new Set<BoardListener>();
  private current: Boot | null = null;

  constructor(private readonly options: VirtualBoardOptions) {
    this.machineId = options.machineId;
    this.reader = new CardReader(options.clock);
    this.flash = options.flash ?? emptyFlash();
    this.timings = { ...FIRMWARE_TIMINGS, ...options.timings };
    this.identity = { ...identityOf(options.machineId), ...options.identity };
  }

  get state(): BoardState {
    const boot = this.current;
    return {
      isRunning: boot !== null,
      isOnline: boot?.connection.isOnline ?? false,
      power: boot?.firmware.power ?? 'off',
      use: boot?.firmware.use ?? null,
      machine: boot?.firmware.machine ?? MACHINE_AT_BOOT,
      queueLength: boot?.outbox.length ?? this.flash.queue.length,
    };
  }

  /** Calls `listener` for all that happens from now on; the returned function ends that. */
  on(listener: BoardListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Power on; nothing when it is on. The first CONNECT follows `bootMs` later (F3). */
  boot(): void {
    if (this.current) return;
    const { clock, link, topicPrefix = 'machine', random = Math.random } = this.options;
    const { timings, identity, flash, reader } = this;
    const cpu = new Cpu(clock);
    const tell = (happening: BoardHappening): void => {
      cpu.assertPowered();
      this.tell(happening);
    };
    const clientId = `BOARD${Math.floor(random() * 1000)}`; // F1
    const topic = `${topicPrefix}/${this.machineId}`;
    const connection = new BoardConnection({
      cpu,
      link,
      timings,
      topic,
      clientId,
      identity,
      tell,
    });
    const outbox = new Outbox(flash.queue, connection, cpu, timings, tell);
    const cache = new CardCache(flash.cache);
    const whitelist = this.options.whitelist ?? new Map();
    const firmware = new Firmware({
      cpu,
      timings,
      reader,
      flash,
      whitelist,
      cache,
      connection,
      outbox,
      tell,
    });
    link.onNews(() => cpu.wake());
    reader.onCardLaid(() => cpu.wake());
    tell({ kind: 'boot', clientId });
    const ended = firmware.run().catch((error: unknown) => {
      if (!(error instanceof PowerCut)) throw error;
    });
    this.current = { cpu, connection, outbox, firmware, ended };
  }

  /** Power off, in the middle of anything; only the flash is kept. Resolves when all has stopped. */
  async powerCut(): Promise<void> {
    const boot = this.current;
    if (!boot) return;
    this.current = null;
    if (boot.firmware.power !== 'off') this.tell({ kind: 'power', state: 'off' });
    this.tell({ kind: 'power-cut' });
    boot.cpu.cutPower();
    this.options.link.close('abrupt');
    await boot.ended;
  }

  /** New firmware: restarts, and tells this version from then on. */
  async reflash(version: string): Promise<void> {
    await this.powerCut();
    this.identity = { ...this.identity, version };
    this.boot();
  }

  /** Lays a card on the reader for `durationMs`; the reader looks every 150 ms, when it is not deaf. */
  tap(uid: string, durationMs = 2 * this.timings.readerPollMs): void {
    this.reader.present(uid, durationMs);
  }

  /** The connection breaks; the board may reconnect at once. */
  dropLink(): void {
    this.options.link.drop();
  }

  /** The connection breaks and stays away until `restoreLink`. */
  cutLink(): void {
    this.options.link.cut();
  }

  restoreLink(): void {
    this.options.link.restore();
  }

  private tell(happening: BoardHappening): void {
    if (this.listeners.size === 0) return;
    const event = { ...happening, machineId: this.machineId, atMs: this.options.clock.now() };
    for (const listener of this.listeners) listener(event);
  }
}
