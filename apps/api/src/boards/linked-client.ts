import type { Aedes, AedesPublishPacket } from 'aedes';
import type { BrokerClient, BrokerEvents } from './broker-client';

/** The API's own place in the broker: no socket, no packets to parse. */
export class LinkedClient implements BrokerClient {
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
