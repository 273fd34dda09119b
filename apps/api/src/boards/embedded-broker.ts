import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { BoardTopicNames } from '@fabomatic/boards';
import { Aedes, type AedesPublishPacket, type AuthenticateError, type PublishPacket } from 'aedes';
import type { Settings } from '../settings/settings.module';
import type { BrokerClient, BrokerEvents } from './broker-client';

/** MQTT's code for a refused login. */
const NOT_AUTHORIZED = 5;

/** A client must have said CONNECT within this time. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * The broker inside this process: MQTT 3.1.1 over TCP for the boards, and a client without a
 * socket for the API, which is the fastest form (docs/decisions/0005-embedded-broker.md).
 */
export class EmbeddedBroker {
  private constructor(
    private readonly broker: Aedes,
    private readonly server: Server,
    private readonly sockets: Set<Socket>,
    readonly client: BrokerClient,
  ) {}

  /** Listens; throws Node's own error when the address cannot be had. */
  static async listen(mqtt: Settings['mqtt'], names: BoardTopicNames): Promise<EmbeddedBroker> {
    const broker = await Aedes.createBroker({
      connectTimeout: CONNECT_TIMEOUT_MS,
      authenticate: (_client, user, password, done) => {
        if (mqtt.user === null || isLogin(mqtt, user, password)) return done(null, true);
        return done(refusal(), false);
      },
      authorizePublish: (client, packet, done) => {
        const problem = client && protectBoards(packet, names);
        done(problem ? new Error(problem) : null);
      },
    });
    const sockets = new Set<Socket>();
    // With Nagle's algorithm a question and its answer take 44 ms instead of 0.2.
    const server = createServer({ noDelay: true }, (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      broker.handle(socket);
    });
    server.listen(mqtt.port, mqtt.host);
    try {
      await once(server, 'listening');
    } catch (error) {
      // The port is taken or not allowed: the one who asked for it says so.
      await closeBroker(broker);
      throw error;
    }
    return new EmbeddedBroker(broker, server, sockets, new LinkedClient(broker));
  }

  /** How many boards and other programs are connected. */
  get connections(): number {
    return this.broker.connectedClients;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    await closeBroker(this.broker);
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}

/**
 * Only this program speaks to boards: a board believes whatever comes on its reply topic and does
 * what comes on its request topic, and would open for either. Nothing addressed to or from a board is retained: a retained command would start
 * the machine at every boot of its board (F38), a retained message come back at every start of ours.
 */
function protectBoards(packet: PublishPacket, names: BoardTopicNames): string | null {
  if (!packet.topic.startsWith(`${names.topic}/`)) return null;
  packet.retain = false;
  const isToBoard = [names.replySubtopic, names.requestSubtopic].some((end) =>
    packet.topic.endsWith(end),
  );
  return isToBoard ? 'only the backend speaks to boards' : null;
}

function isLogin(
  mqtt: Settings['mqtt'],
  user: string | undefined,
  password: Buffer | undefined,
): boolean {
  return isSame(mqtt.user ?? '', user ?? '') && isSame(mqtt.password ?? '', String(password ?? ''));
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function refusal(): AuthenticateError {
  return Object.assign(new Error('wrong user or password'), { returnCode: NOT_AUTHORIZED });
}

function closeBroker(broker: Aedes): Promise<void> {
  return new Promise((resolve) => broker.close(() => resolve()));
}

/** The API's own place in the broker: no socket, no packets to parse. */
class LinkedClient implements BrokerClient {
  connected = false;
  private events: BrokerEvents | null = null;

  constructor(private readonly broker: Aedes) {}

  begin(events: BrokerEvents): void {
    this.events = events;
    this.connected = true;
    events.connected();
  }

  subscribe(topic: string): void {
    // The sender of a QoS 1 message gets its PUBACK when `done` is called.
    this.broker.subscribe(
      topic,
      (packet: AedesPublishPacket, done: () => void) => this.events?.received(packet, done),
      () => undefined,
    );
  }

  publish(topic: string, text: string): void {
    const payload = Buffer.from(text);
    this.broker.publish(
      { cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false },
      () => undefined,
    );
  }

  async end(): Promise<void> {
    this.connected = false;
  }
}
