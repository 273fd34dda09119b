import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { BoardTopicNames } from '@fabomatic/boards';
import { type Clock, monotonicMs } from '@fabomatic/kernel';
import {
  Aedes,
  type AedesPublishPacket,
  type AuthenticateError,
  type Client,
  type PublishPacket,
} from 'aedes';
import type { Certificate } from '../data-folder/data-folder.module';
import type { RateLimitedLog } from '../logging/rate-limited-log.service';
import { networkOf } from '../network-of';
import { listenError } from '../port-holder';
import type { Settings } from '../settings/settings.module';
import { type AccountBook, BoardAccess, type BrokerPrincipal, GUEST } from './board-access';
import type { BrokerClient } from './broker-client';
import type { BrokerCounters } from './broker-counters.service';
import { ClientLimits, MAX_CLIENT_ID_LENGTH, MAX_CONNECTIONS } from './client-limits';
import { LinkedClient } from './linked-client';
import { RateLimit } from './rate-limit';

const CONTEXT = 'Boards';

/** MQTT's codes for a refused connection. */
const IDENTIFIER_REJECTED = 2;
const SERVER_UNAVAILABLE = 3;
const NOT_AUTHORIZED = 5;

/** A client must have said CONNECT within this time. */
const CONNECT_TIMEOUT_MS = 10_000;
/** Whoever reads nothing for so long is disconnected. */
const DRAIN_TIMEOUT_MS = 5000;
/** Whoever sent too much is not let in for so long. */
const SHUT_OUT_MS = 10_000;
/** All guests at one address together may send so many times what one may: a router hides a lab. */
const GUESTS_AT_ADDRESS = 10;
/** In front of the client ids of accounts: nobody can take another's place by its client id. */
const ACCOUNT_ID = 'account/';

/** What the broker needs of the program. */
export interface BrokerParts {
  readonly mqtt: Settings['mqtt'];
  readonly names: BoardTopicNames;
  /** For TLS; null: only plain TCP is wanted. */
  readonly certificate: Certificate | null;
  readonly book: AccountBook;
  readonly counters: BrokerCounters;
  readonly log: RateLimitedLog;
  readonly clock: Clock;
  /** A board has logged in with the account of this machine. */
  readonly loggedIn: (machineId: number) => void;
}

/** A connection that was let in. */
interface Session {
  readonly principal: BrokerPrincipal;
  /** 'board-7', or address and client id: who sends too much is known by it. */
  readonly who: string;
  readonly address: string;
}

/**
 * The broker inside this process: MQTT 3.1.1 over TCP and TLS, and a client without a
 * socket for the API, which is the fastest form (docs/decisions/0005-embedded-broker.md).
 */
export class EmbeddedBroker {
  private readonly access: BoardAccess;
  private readonly limits = new ClientLimits();
  private readonly sessions = new WeakMap<Client, Session>();
  private readonly rate: RateLimit | null;
  private readonly addressRate: RateLimit | null;
  /** Key: who sent too much; value: until when they stay outside. The first one is let in first. */
  private readonly shutOut = new Map<string, number>();
  private readonly sockets = new Set<Socket>();
  private readonly servers: Server[] = [];
  private readonly connected = new Set<Client>();
  private readonly broker: Aedes;
  readonly client: BrokerClient;

  private constructor(private readonly parts: BrokerParts) {
    const { mqtt, names, book } = parts;
    this.access = new BoardAccess(mqtt, names, book);
    const perS = mqtt.maxMessagesPerS;
    this.rate = perS === null ? null : new RateLimit(perS);
    this.addressRate = perS === null ? null : new RateLimit(perS * GUESTS_AT_ADDRESS);
    this.broker = new Aedes({
      connectTimeout: CONNECT_TIMEOUT_MS,
      drainTimeout: DRAIN_TIMEOUT_MS,
      // One message to each client that does not read holds one place at most.
      concurrency: 2 * MAX_CONNECTIONS,
      preConnect: (_client, packet, done) => {
        // Nothing is kept for whoever is away: boards do not ask for it, and it would grow for ever.
        packet.clean = true;
        const isTooMuch = packet.will !== undefined && !this.limits.mayLeaveWill(packet.will);
        // Without an error the broker would leave the connection as it is.
        done(isTooMuch ? new Error('this last will is too long') : null, !isTooMuch);
      },
      authenticate: (client, user, password, done) => {
        this.authenticate(client, user, password?.toString() ?? '').then(
          (refusal) => done(refusal, refusal === null),
          // Not a wrong password but a defect: nobody is let in by it.
          (error: unknown) => done(refused(NOT_AUTHORIZED, String(error)), false),
        );
      },
      authorizePublish: (client, packet, done) => {
        const problem = client && this.refusalToPublish(client, packet);
        done(problem ? new Error(problem) : null);
      },
      authorizeSubscribe: (client, subscription, done) => {
        this.limits.noteMessage(client);
        const isAllowed =
          this.access.maySubscribe(this.principalOf(client), subscription.topic) &&
          this.limits.maySubscribe(client, subscription.topic);
        done(null, isAllowed ? subscription : null);
      },
      authorizeForward: (client, packet) => (this.mayForward(client, packet) ? packet : null),
    });
    this.broker.on('ping', (_packet, client) => this.limits.noteMessage(client));
    this.broker.on('client', (client) => this.connected.add(client));
    this.broker.on('clientDisconnect', (client) => this.connected.delete(client));
    this.client = new LinkedClient(this.broker);
  }

  /** Listens; throws a sentence for a person when an address cannot be had. */
  static async listen(parts: BrokerParts): Promise<EmbeddedBroker> {
    const embedded = new EmbeddedBroker(parts);
    await embedded.broker.listen();
    const { mqtt, certificate } = parts;
    try {
      // With Nagle's algorithm a question and its answer take 44 ms instead of 0.2.
      if (mqtt.listeners !== 'tls') {
        await embedded.open(createServer({ noDelay: true }), 'connection', mqtt.port);
      }
      if (certificate !== null) {
        const server = createTlsServer({
          noDelay: true,
          handshakeTimeout: CONNECT_TIMEOUT_MS,
          ...certificate,
        });
        await embedded.open(server, 'secureConnection', mqtt.tlsPort);
      }
    } catch (error) {
      // A port is taken or not allowed: the one who asked for it says so.
      await embedded.close();
      throw error;
    }
    return embedded;
  }

  /** How many boards and other programs are connected. */
  get connections(): number {
    return this.broker.connectedClients;
  }

  /** Ends the connections of accounts that are there no more, or have another password. */
  disconnectStrangers(): void {
    for (const client of this.connected) {
      if (!this.access.isStillIn(this.principalOf(client))) client.close();
    }
  }

  async close(): Promise<void> {
    const closed = this.servers.map(
      (server) => new Promise<void>((resolve) => server.close(() => resolve())),
    );
    await new Promise<void>((resolve) => this.broker.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    await Promise.all(closed);
  }

  private async open(
    server: Server,
    event: 'connection' | 'secureConnection',
    port: number,
  ): Promise<void> {
    const { host } = this.parts.mqtt;
    server.maxConnections = MAX_CONNECTIONS;
    server.on('connection', (socket: Socket) => {
      if (!this.limits.admit(socket)) {
        socket.destroy();
        return;
      }
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
      // Until the broker has it: whoever hangs up in the middle of a TLS handshake.
      socket.on('error', () => socket.destroy());
    });
    server.on(event, (socket: Socket) => {
      if (socket.destroyed) return;
      this.limits.watch(socket);
      this.broker.handle(socket);
    });
    server.listen(port, host);
    try {
      await once(server, 'listening');
    } catch (error) {
      // The port is taken, or the address is not ours.
      throw await listenError(error, { use: 'MQTT', host, port });
    }
    this.servers.push(server);
  }

  private async authenticate(
    client: Client,
    user: string | undefined,
    password: string,
  ): Promise<AuthenticateError | null> {
    const address = addressOf(client);
    const principal = await this.access.login(user, password);
    if (principal === null) {
      this.parts.counters.refusedLogins++;
      this.parts.log.warn(
        `login ${address}`,
        `A board or program at ${address} was not let in to the broker: wrong user or password (user "${(user ?? '').slice(0, MAX_CLIENT_ID_LENGTH)}").`,
        CONTEXT,
      );
      return refused(NOT_AUTHORIZED, 'wrong user or password');
    }
    const isGuest = principal.kind === 'guest';
    const isIdRefused = client.id.length > MAX_CLIENT_ID_LENGTH || client.id.startsWith(ACCOUNT_ID);
    if (isIdRefused) return refused(IDENTIFIER_REJECTED, 'this client id is not for anybody');
    const who = isGuest ? `${address} ${client.id}` : principal.user;
    if (this.isShutOut(who)) return refused(SERVER_UNAVAILABLE, 'sent too much');
    if (isGuest) this.limits.noteGuest(client);
    else {
      this.limits.noteBoard(client);
      client.id = `${ACCOUNT_ID}${principal.user}/${client.id}`;
      this.parts.loggedIn(principal.machineId);
    }
    this.sessions.set(client, { principal, who, address });
    return null;
  }

  /**
   * Only this program speaks to boards: a board believes whatever comes on its reply topic and does
   * what comes on its request topic, and would open for either. Nothing addressed to or from a
   * board is retained: a retained command would start the machine at every boot of its board (F38),
   * a retained message come back at every start of ours.
   */
  private refusalToPublish(client: Client, packet: PublishPacket): string | null {
    const session = this.sessions.get(client);
    const principal = session?.principal ?? GUEST;
    this.limits.noteMessage(client);
    if (session && !this.isWithinLimits(session)) return this.cutOff(session);
    if (this.limits.isTooLong(packet.payload, principal.kind === 'board')) {
      return 'this message is too long';
    }
    if (this.limits.isTopicTooLong(packet.topic)) return 'this topic is too long';
    const refusal = this.access.refusalToPublish(principal, packet.topic);
    if (refusal !== null) return refusal;
    if (packet.retain) {
      const isBoards = packet.topic.startsWith(`${this.parts.names.topic}/`);
      packet.retain = !isBoards && this.limits.mayRetain(packet.topic, packet.payload);
    }
    return null;
  }

  private isWithinLimits({ principal, who, address }: Session): boolean {
    if (this.rate === null) return true;
    const nowMs = monotonicMs();
    if (!this.rate.take(who, nowMs)) return false;
    if (principal.kind === 'board' || this.addressRate === null) return true;
    return this.addressRate.take(networkOf(address), nowMs);
  }

  private cutOff({ who }: Session): string {
    const { counters, log, clock } = this.parts;
    counters.cutOff++;
    counters.noteFlood(who, clock.nowS());
    this.shutOut.delete(who);
    this.shutOut.set(who, monotonicMs() + SHUT_OUT_MS);
    log.warn(`flood ${who}`, `Disconnected from the broker: ${who} sends too much.`, CONTEXT);
    return 'too many messages';
  }

  private isShutOut(who: string): boolean {
    const nowMs = monotonicMs();
    for (const [key, untilMs] of this.shutOut) {
      if (untilMs > nowMs) break;
      this.shutOut.delete(key);
    }
    return this.shutOut.has(who);
  }

  private mayForward(client: Client, packet: AedesPublishPacket): boolean {
    if (!this.access.mayHear(this.principalOf(client), packet.topic)) return false;
    if (this.limits.isReading(client)) return true;
    this.parts.counters.undelivered++;
    return false;
  }

  private principalOf(client: Client): BrokerPrincipal {
    return this.sessions.get(client)?.principal ?? GUEST;
  }
}

function addressOf({ conn }: Client): string {
  const address = 'remoteAddress' in conn ? conn.remoteAddress : undefined;
  return address?.replace(/^::ffff:/, '') ?? 'unknown';
}

function refused(returnCode: number, reason: string): AuthenticateError {
  return Object.assign(new Error(reason), { returnCode });
}
