import { isUtf8 } from 'node:buffer';
import {
  boardSubscription,
  type BoardTopicNames,
  encodeForBoard,
  machineIdOf,
  parseBoardRequest,
  replyTopic,
  simpleReply,
} from '@fabomatic/boards';
import { type Clock, monotonicMs } from '@fabomatic/kernel';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { type CustomTransportStrategy, MqttContext, ServerMqtt } from '@nestjs/microservices';
import { CLOCK, LabService } from '../lab/lab.service';
import { RateLimitedLog } from '../logging/rate-limited-log.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { BoardCounters } from './board-counters.service';
import { BOARD_MESSAGE, type BoardAnswer, type BoardMessage } from './board-message';
import type { BrokerClient, ReceivedPacket } from './broker-client';
import { BrokerCounters } from './broker-counters.service';
import { Brokers } from './brokers.service';
import type { EmbeddedBroker } from './embedded-broker';
import { MachineQueues } from './machine-queues.service';
import { RateLimit } from './rate-limit';
import { ReplyGate, type Ticket } from './reply-gate';

const CONTEXT = 'Boards';

/** A board waits for each answer: so many can only be a flood, or a database that hangs. */
const MAX_WAITING_MESSAGES = 500;

/**
 * Nest's MQTT server, made for boards: bare JSON both ways, topic names from the settings, one
 * message of a machine at a time, and no answer that would come too late. Its client is mqtt.js on
 * an external broker, or a link into the embedded one.
 */
@Injectable()
export class BoardTransport extends ServerMqtt implements CustomTransportStrategy {
  private readonly names: BoardTopicNames;
  /** Key: a machine. null: somebody else counts, or nobody. */
  private readonly rate: RateLimit | null;
  private readonly gate = new ReplyGate();
  private readonly log = new Logger(CONTEXT);
  private client: BrokerClient | null = null;
  private broker: EmbeddedBroker | null = null;
  private handler: ((message: BoardMessage, context: MqttContext) => Promise<unknown>) | null =
    null;
  private isListening = true;
  private messages = 0;
  private readonly startedAt: string;
  private readonly tellsEachMessage: boolean;
  private readonly watchers: ((isConnected: boolean) => void)[] = [];

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly lab: LabService,
    private readonly queues: MachineQueues,
    private readonly counters: BoardCounters,
    private readonly repeatedLog: RateLimitedLog,
    private readonly brokers: Brokers,
    private readonly guards: BrokerCounters,
  ) {
    super({});
    this.startedAt = `board-${Math.floor(clock.nowS()).toString(36)}`;
    this.tellsEachMessage = ['debug', 'trace'].includes(settings.log.level);
    this.names = brokers.names;
    // The embedded broker counts by client, and before a message is taken in.
    const { isEmbedded, maxMessagesPerS } = settings.mqtt;
    this.rate = isEmbedded || maxMessagesPerS === null ? null : new RateLimit(maxMessagesPerS);
  }

  get isConnected(): boolean {
    return this.client?.connected ?? false;
  }

  /** Called whenever the connection to the broker comes or goes. */
  onConnection(watcher: (isConnected: boolean) => void): void {
    this.watchers.push(watcher);
  }

  /** The one function that publishes; bare JSON, QoS 0, never retained. */
  publish(topic: string, message: object): void {
    if (this.isConnected) this.client?.publish(topic, encodeForBoard(topic, message));
  }

  /** For messages that no board reads, and that no size binds. */
  publishText(topic: string, text: string): void {
    if (this.isConnected) this.client?.publish(topic, text);
  }

  /** Called by Nest. A broker that is down is waited for in the background. */
  override async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      await this.open();
    } catch (error) {
      // The embedded broker's port cannot be had: Nest rejects the start with it.
      callback(error);
      return;
    }
    callback();
  }

  override async close(): Promise<void> {
    await this.client?.end();
    await this.broker?.close();
  }

  /** Waits for what is being answered, so that nothing that arrived is lost. */
  async stopListening(): Promise<void> {
    this.isListening = false;
    await this.queues.settled();
  }

  private async open(): Promise<void> {
    this.handler = this.boardHandler();
    const { broker, client } = await this.brokers.open();
    this.broker = broker;
    this.client = client;
    client.begin({
      connected: () => this.connected(client),
      disconnected: () => this.disconnected(),
      failed: (error) => this.unreachable(error),
      received: (packet, acknowledge) => this.receive(packet, acknowledge),
    });
  }

  private boardHandler() {
    const handler = this.messageHandlers.get(BOARD_MESSAGE);
    if (!handler) throw new Error(`no handler for "${BOARD_MESSAGE}"`);
    return handler as (message: BoardMessage, context: MqttContext) => Promise<unknown>;
  }

  private connected(client: BrokerClient): void {
    client.subscribe(boardSubscription(this.names));
    if (!this.broker) this.log.log('Connected to the MQTT broker.');
    for (const watcher of this.watchers) watcher(true);
  }

  private disconnected(): void {
    for (const watcher of this.watchers) watcher(false);
  }

  private unreachable(error: Error): void {
    const { broker, port } = this.settings.mqtt;
    this.repeatedLog.warn(
      'broker',
      `The MQTT broker at ${broker}:${port} does not answer (${error.message}). Trying again.`,
      CONTEXT,
    );
  }

  /** A message is acknowledged when its work is done: what is not acknowledged comes again. */
  private receive(packet: ReceivedPacket, acknowledge: () => void): void {
    // While we are closing nothing is acknowledged: a broker that keeps it gives it again.
    if (!this.isListening) return;
    const done = this.dispatch(packet);
    if (packet.qos === 0 || done === null) acknowledge();
    else void done.then(() => acknowledge());
  }

  private dispatch(packet: ReceivedPacket): Promise<void> | null {
    this.counters.received++;
    const machineId = machineIdOf(this.names, packet.topic);
    if (machineId === null) {
      this.counters.ignored++;
      this.repeatedLog.warn(
        'topic',
        `Ignored a message on "${packet.topic}": it names no machine.`,
        CONTEXT,
      );
      return null;
    }
    const nowMs = monotonicMs();
    if (this.isTooMuch(machineId, nowMs)) return null;
    const ticket = this.gate.arrival(machineId, nowMs);
    const receivedAtS = this.clock.nowS();
    this.lab.refresh();
    if (packet.qos === 0) {
      this.queues.add(machineId, () => this.answer(ticket, packet, receivedAtS));
      return null;
    }
    return this.queues.run(machineId, () => this.answer(ticket, packet, receivedAtS));
  }

  /** A flood of one machine costs the others nothing, and no memory. */
  private isTooMuch(machineId: number, nowMs: number): boolean {
    const isWithinRate = this.rate?.take(String(machineId), nowMs) ?? true;
    if (isWithinRate && this.queues.waiting(machineId) < MAX_WAITING_MESSAGES) return false;
    this.guards.tooMany++;
    this.guards.noteFlood(`machine ${machineId}`, this.clock.nowS());
    this.repeatedLog.warn(
      `flood machine ${machineId}`,
      `Machine ${machineId} sends too much: what is too much is not looked at.`,
      CONTEXT,
    );
    return true;
  }

  private async answer(ticket: Ticket, packet: ReceivedPacket, receivedAtS: number): Promise<void> {
    const { machineId } = ticket;
    const text = textOf(packet.payload);
    const parsed = parseBoardRequest(text);
    const context = new MqttContext([packet.topic, packet]);
    const correlationId = this.nextCorrelationId();
    if (this.tellsEachMessage) this.log.debug({ msg: `${packet.topic} ${text}`, correlationId });
    let answer: BoardAnswer;
    try {
      answer = (await this.handler?.(
        { machineId, parsed, receivedAtS, correlationId },
        context,
      )) as BoardAnswer;
    } catch (error) {
      // A defect, or a database that cannot be written: the board is told so, and decides alone.
      this.counters.failed++;
      this.repeatedLog.warn(
        `failed ${machineId}`,
        `A message of machine ${machineId} could not be handled: ${String(error)}`,
        CONTEXT,
        correlationId,
      );
      const isAlive = parsed.ok && parsed.request.action === 'alive';
      answer = { reply: isAlive ? null : simpleReply(false, 'Backend error') };
    }
    this.reply(ticket, answer);
  }

  /** Counted, not random: it is made for each message. The start of the program tells them apart. */
  private nextCorrelationId(): string {
    this.messages += 1;
    return `${this.startedAt}-${this.messages.toString(36)}`;
  }

  private reply(ticket: Ticket, { reply, onSent }: BoardAnswer): void {
    if (reply === null) return;
    if (!this.gate.mayAnswer(ticket, monotonicMs())) {
      this.counters.dropped++;
      return;
    }
    this.publish(replyTopic(this.names, ticket.machineId), reply);
    this.counters.sent++;
    onSent?.();
  }
}

/** null when the bytes are no UTF-8 text. */
function textOf(payload: Buffer | string): string | null {
  if (typeof payload === 'string') return payload;
  return isUtf8(payload) ? payload.toString('utf8') : null;
}
