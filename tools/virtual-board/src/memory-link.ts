import { type Link, type Packet, publishPacketBytes } from './link';
import type { VirtualClock } from './virtual-clock';

/** What the network does to one message. All fields optional: {} = it arrives, once, at once. */
export interface NetworkFault {
  /** How often it arrives: 0 = lost, 2 = doubled. Default 1. */
  readonly copies?: number;
  /** Extra time on the way. Later messages of that direction do not overtake. Default 0. */
  readonly delayMs?: number;
  /** The connection breaks when the message has arrived (or would have): `drop` may reconnect at once. */
  readonly breaks?: 'drop' | 'cut';
  /** When a `cut` connection can be made again, from then on. Default: only by `restore()`. */
  readonly restoreAfterMs?: number;
}

/** `up` = from the board. */
export interface NetworkMessage {
  readonly direction: 'up' | 'down';
  readonly topic: string;
  readonly payload: string;
  /** Counts the messages of a link in both directions, from 0. */
  readonly index: number;
}

export type FaultPlan = (message: NetworkMessage) => NetworkFault;

/** The nth message suffers the nth fault; those after the list none. For generated lists. */
export function faultsInOrder(faults: readonly NetworkFault[]): FaultPlan {
  return ({ index }) => faults[index] ?? {};
}

export interface MemoryLinkOptions {
  readonly clock: VirtualClock;
  /**
   * The broker and all behind it: called with what the board publishes; answers through `deliver`.
   * A promise stops the clock until it settles, so that a real database takes no simulated time.
   */
  readonly onPublish: (topic: string, payload: string) => void | Promise<void>;
  /** Called at each CONNECT that is accepted. */
  readonly onConnect?: (clientId: string) => void;
  /** Default: nothing goes wrong. */
  readonly faults?: FaultPlan;
  /** From one end to the other. Default 0.5 ms. */
  readonly latencyMs?: number;
  /** For CONNECT to CONNACK, and SUBSCRIBE to SUBACK. Default 1.2 ms, as recorded. */
  readonly handshakeMs?: number;
}

interface Session {
  isOpen: boolean;
  /** The board closed it: what is unread is gone. */
  isClosedByBoard: boolean;
  readonly topics: Set<string>;
  inbox: Packet[];
}

/** A Link in simulated time to a broker that is a function, with faults as planned. */
export class MemoryLink implements Link {
  private session: Session | null = null;
  private news: () => void = () => undefined;
  private isReachable = true;
  private messageCount = 0;
  /** Direction -> when its last message arrives: order is kept, as TCP does. */
  private readonly lastArrivalMs = { up: 0, down: 0 };

  constructor(private readonly options: MemoryLinkOptions) {}

  async open(clientId: string): Promise<boolean> {
    if (!this.isReachable) return false;
    if (this.session) this.session.isOpen = false;
    const session = { isOpen: true, isClosedByBoard: false, topics: new Set<string>(), inbox: [] };
    this.session = session;
    this.options.onConnect?.(clientId);
    await this.options.clock.sleep(this.options.handshakeMs ?? 1.2);
    return session.isOpen;
  }

  async subscribe(topic: string): Promise<boolean> {
    const session = this.session;
    if (!session?.isOpen) return false;
    session.topics.add(topic);
    await this.options.clock.sleep(this.options.handshakeMs ?? 1.2);
    return true;
  }

  publish(topic: string, payload: string): boolean {
    if (!this.session?.isOpen) return false;
    const fault = this.faultOf('up', topic, payload);
    this.travel('up', fault, () => {
      const work = this.options.onPublish(topic, payload);
      if (work) void this.options.clock.hold(work);
    });
    return true;
  }

  /** The broker sends a message: it reaches the board if that has subscribed and stays connected. */
  deliver(topic: string, payload: string): void {
    const session = this.session;
    if (!session?.isOpen || !session.topics.has(topic)) return;
    const fault = this.faultOf('down', topic, payload);
    this.travel('down', fault, () => {
      if (!session.isOpen) return;
      session.inbox.push({
        topic,
        payload,
        packetBytes: publishPacketBytes(Buffer.byteLength(topic), Buffer.byteLength(payload)),
        arrivedMs: this.options.clock.now(),
      });
      this.news();
    });
  }

  close(): void {
    const session = this.session;
    if (!session) return;
    session.isOpen = false;
    session.isClosedByBoard = true;
    session.inbox = [];
  }

  isAlive(): boolean {
    const session = this.session;
    if (!session) return false;
    return session.isOpen || (session.inbox.length > 0 && !session.isClosedByBoard);
  }

  hasUnread(): boolean {
    return (this.session?.inbox.length ?? 0) > 0;
  }

  onNews(listener: () => void): void {
    this.news = listener;
  }

  take(): Packet[] {
    const session = this.session;
    if (!session) return [];
    const packets = session.inbox;
    session.inbox = [];
    return packets;
  }

  drop(): void {
    if (!this.session?.isOpen) return;
    this.session.isOpen = false;
    this.news();
  }

  cut(): void {
    this.isReachable = false;
    this.drop();
  }

  restore(): void {
    this.isReachable = true;
  }

  private faultOf(direction: 'up' | 'down', topic: string, payload: string): NetworkFault {
    const index = this.messageCount++;
    return this.options.faults?.({ direction, topic, payload, index }) ?? {};
  }

  private travel(direction: 'up' | 'down', fault: NetworkFault, arrive: () => void): void {
    const { clock, latencyMs = 0.5 } = this.options;
    const arrivalMs = Math.max(
      this.lastArrivalMs[direction],
      clock.now() + latencyMs + (fault.delayMs ?? 0),
    );
    this.lastArrivalMs[direction] = arrivalMs;
    for (let copy = 0; copy < (fault.copies ?? 1); copy++) clock.at(arrivalMs, arrive);
    if (fault.breaks) clock.at(arrivalMs, () => this.breakAsPlanned(fault));
  }

  private breakAsPlanned({ breaks, restoreAfterMs }: NetworkFault): void {
    if (breaks === 'drop') this.drop();
    if (breaks !== 'cut') return;
    this.cut();
    if (restoreAfterMs !== undefined) {
      this.options.clock.after(restoreAfterMs, () => this.restore());
    }
  }
}
