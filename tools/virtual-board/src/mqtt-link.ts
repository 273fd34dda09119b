import type { MqttClient } from 'mqtt';
import type { Clock } from './clock';
import { type Link, type Packet, publishPacketBytes } from './link';
import { type BrokerAddress, connectAsBoard, untilConnected } from './mqtt-connection';

export interface MqttLinkOptions {
  readonly broker: BrokerAddress;
  readonly clock: Clock;
  /** From the TCP connect to CONNACK. Default 1000, as the firmware waits. */
  readonly connectTimeoutMs?: number;
}

/** Subscriptions that a broker refuses are granted with this QoS. */
const REFUSED_QOS = 128;

interface Session {
  readonly client: MqttClient;
  isOpen: boolean;
  inbox: Packet[];
}

/** A Link to a real broker, over mqtt.js: one client for each connection, as after a CONNECT. */
export class MqttLink implements Link {
  private session: Session | null = null;
  private isReachable = true;
  private news: () => void = () => undefined;
  private error: Error | null = null;

  constructor(private readonly options: MqttLinkOptions) {}

  /** Why the last connection failed or broke, if the broker or the network gave a reason. */
  get lastError(): Error | null {
    return this.error;
  }

  async open(clientId: string): Promise<boolean> {
    this.close('abrupt');
    if (!this.isReachable) return false;
    const { broker, clock, connectTimeoutMs = 1000 } = this.options;
    const client = connectAsBoard(broker, clientId, { connectTimeout: connectTimeoutMs });
    const session: Session = { client, isOpen: true, inbox: [] };
    this.session = session;
    client.on('message', (topic, payload) => {
      if (!session.isOpen) return;
      session.inbox.push({
        topic,
        payload: payload.toString('utf8'),
        packetBytes: publishPacketBytes(Buffer.byteLength(topic), payload.length),
        arrivedMs: clock.now(),
      });
      this.news();
    });
    client.on('error', (error) => {
      this.error = error;
    });
    client.on('close', () => this.endSession(session));
    try {
      await untilConnected(client);
    } catch (error) {
      // Refused, unreachable, or closed by us meanwhile: the board tries again when it wants.
      if (error instanceof Error) this.error = error;
      this.endSession(session);
      client.end(true);
    }
    return session.isOpen;
  }

  async subscribe(topic: string): Promise<boolean> {
    const session = this.session;
    if (!session?.isOpen) return false;
    try {
      const [grant] = await session.client.subscribeAsync(topic, { qos: 0 });
      return session.isOpen && grant !== undefined && Number(grant.qos) !== REFUSED_QOS;
    } catch (error) {
      // Refused by the broker, or the connection broke before SUBACK.
      if (error instanceof Error) this.error = error;
      return false;
    }
  }

  publish(topic: string, payload: string): boolean {
    if (!this.session?.isOpen) return false;
    this.session.client.publish(topic, payload, { qos: 0 }, ignoreOutcome);
    return true;
  }

  close(manner: 'polite' | 'abrupt'): void {
    const session = this.session;
    this.session = null;
    if (!session) return;
    this.endSession(session);
    session.client.end(manner === 'abrupt', ignoreOutcome);
  }

  isAlive(): boolean {
    return this.session !== null && (this.session.isOpen || this.session.inbox.length > 0);
  }

  take(): Packet[] {
    if (!this.session) return [];
    const packets = this.session.inbox;
    this.session.inbox = [];
    return packets;
  }

  hasUnread(): boolean {
    return this.session !== null && this.session.inbox.length > 0;
  }

  onNews(listener: () => void): void {
    this.news = listener;
  }

  drop(): void {
    const session = this.session;
    if (!session) return;
    this.endSession(session);
    session.client.end(true);
  }

  cut(): void {
    this.isReachable = false;
    this.drop();
  }

  restore(): void {
    this.isReachable = true;
  }

  private endSession(session: Session): void {
    if (!session.isOpen) return;
    session.isOpen = false;
    this.news();
  }
}

/** QoS 0: nobody learns whether it arrived. */
function ignoreOutcome(): void {
  // the 'close' event tells of a broken connection
}
