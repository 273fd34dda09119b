import type { BoardHappening } from './board-events';
import type { Cpu } from './cpu';
import type { Link, Packet } from './link';
import type { BoardTimings } from './timings';
import { aliveText, type BoardIdentity } from './wire-texts';

/** What became of a query (F13, F18, F19): `answered` includes "the connection broke and came back". */
export type Outcome = 'answered' | 'unanswered' | 'unsent';

/** Longest PUBLISH packet that a board takes (F17). */
export const MAX_PACKET_BYTES = 300;

export interface ConnectionParts {
  readonly cpu: Cpu;
  readonly link: Link;
  readonly timings: BoardTimings;
  /** `machine/<id>`, without `/reply`. */
  readonly topic: string;
  readonly clientId: string;
  readonly identity: BoardIdentity;
  readonly tell: (happening: BoardHappening) => void;
}

/**
 * The board's side of MQTT during one boot. It believes whatever arrives on `/reply` while it waits
 * (F11), and reads the socket only where the firmware does.
 */
export class BoardConnection {
  /** Text of the last answer; empty when the connection broke instead. */
  lastReply = '';
  private isMqttConnected = false;
  /** When an answer last stayed out, or a connection could not be made; null = all is well. */
  private unresponsiveSinceMs: number | null = null;
  /** The last of the `connected` and `disconnected` events. */
  private isToldConnected = false;
  private isAnswerPending = false;
  private replyArrivedMs: number | null = null;
  private lastRequest: string | null = null;

  constructor(private readonly parts: ConnectionParts) {}

  get isConnected(): boolean {
    return this.isMqttConnected;
  }

  get isOnline(): boolean {
    return this.isMqttConnected && this.unresponsiveSinceMs === null;
  }

  /** Connected, but asking nothing for a while after an unanswered replay (F15). */
  get isPausing(): boolean {
    const { cpu, timings } = this.parts;
    return (
      this.isMqttConnected &&
      this.unresponsiveSinceMs !== null &&
      cpu.now() - this.unresponsiveSinceMs <= timings.failFastMs
    );
  }

  /** Reads all that has arrived. False: not connected (any more). */
  private poll(): boolean {
    const { link } = this.parts;
    if (!link.isAlive()) return false;
    for (const packet of link.take()) {
      if (packet.packetBytes > MAX_PACKET_BYTES) {
        this.parts.tell({ kind: 'oversize', ...described(packet) });
        link.close('abrupt');
        return false;
      }
      this.read(packet);
    }
    return link.isAlive();
  }

  private read(packet: Packet): void {
    this.parts.tell({ kind: 'read', ...described(packet) });
    if (packet.topic === `${this.parts.topic}/reply`) {
      this.lastReply = packet.payload;
      this.replyArrivedMs = packet.arrivedMs;
      this.isAnswerPending = false;
    } else if (packet.topic === `${this.parts.topic}/request`) {
      this.lastRequest = packet.payload;
    }
  }

  /** An idle look at the socket would find nothing new. */
  get isQuiet(): boolean {
    const { link } = this.parts;
    return link.isAlive() === this.isMqttConnected && !link.hasUnread();
  }

  /** The look at the socket of an idle board: here a lost connection is noticed. */
  pollWhenIdle(): void {
    if (!this.poll()) this.markDisconnected();
  }

  /** The last remote command, once: of two at once only the second is seen (F47). */
  takeRequest(): string | null {
    const request = this.lastRequest;
    this.lastRequest = null;
    return request;
  }

  /** Connects if there is no connection; either way it ends the pause after a missing answer. */
  async connect(): Promise<void> {
    const { cpu, link, topic, clientId, tell } = this.parts;
    if (!link.isAlive()) {
      this.tellIfLost();
      cpu.assertPowered();
      if (await cpu.wait(link.open(clientId))) {
        this.isToldConnected = true;
        tell({ kind: 'connected' });
        for (const suffix of ['/reply', '/request']) {
          if (await cpu.wait(link.subscribe(topic + suffix))) this.isMqttConnected = true;
          this.poll();
        }
        this.publishAlive();
      } else tell({ kind: 'connection-failed' });
    }
    if (link.isAlive()) this.unresponsiveSinceMs = null;
    else {
      this.markDisconnected();
      this.unresponsiveSinceMs = cpu.now();
    }
  }

  /** Also forgets the answer that was awaited: none is, after `alive` (F37). False: not sent. */
  publishAlive(): boolean {
    return this.publish(aliveText(this.parts.identity), false);
  }

  /** Sends a query and waits for an answer: 2 s, and 2 s more of sleep when none came (F12, F13). */
  async ask(query: string): Promise<Outcome> {
    const { cpu, link, timings, tell } = this.parts;
    const sentMs = cpu.now();
    const isSent = this.publish(query, true);
    if (!isSent) await cpu.sleep(timings.answerTimeoutMs);
    const endMs = cpu.now() + timings.answerTimeoutMs;
    do {
      if (!this.isAnswerPending) {
        this.unresponsiveSinceMs = null;
        if (this.replyArrivedMs === null) tell({ kind: 'broken', query });
        else tell({ kind: 'answered', query, answerMs: this.replyArrivedMs - sentMs });
        return 'answered';
      }
      this.poll();
      if (!link.isAlive()) await this.connect();
      await cpu.sleep(timings.pollMs);
    } while (cpu.now() < endMs);
    await cpu.sleep(timings.afterTimeoutMs);
    if (!isSent) {
      tell({ kind: 'unsent', query });
      return 'unsent';
    }
    tell({ kind: 'unanswered', query });
    this.unresponsiveSinceMs = cpu.now();
    return 'unanswered';
  }

  /** DISCONNECT after a query without an answer; noticed at the next idle look at the socket. */
  async hangUp(): Promise<void> {
    const { cpu, link, timings } = this.parts;
    link.close(link.isAlive() ? 'polite' : 'abrupt');
    await cpu.sleep(timings.disconnectMs);
  }

  closeAbruptly(): void {
    this.parts.link.close('abrupt');
  }

  private publish(payload: string, isAnswerAwaited: boolean): boolean {
    this.isAnswerPending = isAnswerAwaited;
    this.lastReply = '';
    this.replyArrivedMs = null;
    const { cpu, link, topic, tell } = this.parts;
    cpu.assertPowered();
    const isSent = link.publish(topic, payload);
    tell({ kind: 'published', topic, payload, isSent });
    return isSent;
  }

  private markDisconnected(): void {
    this.isMqttConnected = false;
    this.tellIfLost();
  }

  private tellIfLost(): void {
    if (this.isToldConnected) this.parts.tell({ kind: 'disconnected' });
    this.isToldConnected = false;
  }
}

function described({ topic, payload, packetBytes }: Packet) {
  return { topic, payload, packetBytes };
}
