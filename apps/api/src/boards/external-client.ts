import { readFileSync } from 'node:fs';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import type { Settings } from '../settings/settings.module';
import type { BrokerClient, BrokerEvents } from './broker-client';

/** How long after a lost connection the next attempt is made. */
const RECONNECT_MS = 2000;

/**
 * Connects to a broker that runs elsewhere, for ever. Fixed client id and a persistent session:
 * what the broker kept while this program was down arrives after its restart.
 */
export class ExternalClient implements BrokerClient {
  private client: MqttClient | null = null;

  constructor(private readonly mqtt: Settings['mqtt']) {}

  get connected(): boolean {
    return this.client?.connected ?? false;
  }

  begin(events: BrokerEvents): void {
    const client = connect(optionsOf(this.mqtt));
    this.client = client;
    client.on('connect', () => {
      // mqtt.js never asks for it: with Nagle's algorithm a question and its answer take 44 ms.
      withoutDelay(client.stream);
      events.connected();
    });
    client.on('close', () => events.disconnected());
    client.on('error', (error) => events.failed(error));
    // mqtt.js acknowledges a message when this calls back.
    client.handleMessage = (packet, acknowledge) => events.received(packet, () => acknowledge());
  }

  subscribe(topic: string): void {
    this.client?.subscribe(topic, { qos: 1 });
  }

  publish(topic: string, text: string): void {
    this.client?.publish(topic, text, { qos: 0 });
  }

  async end(): Promise<void> {
    await this.client?.endAsync();
  }
}

function optionsOf(mqtt: Settings['mqtt']): IClientOptions {
  return {
    host: mqtt.broker,
    port: mqtt.port,
    protocol: mqtt.tls ? 'mqtts' : 'mqtt',
    protocolVersion: 4,
    clientId: mqtt.clientId,
    clean: false,
    keepalive: 15,
    reconnectPeriod: RECONNECT_MS,
    connectTimeout: 10_000,
    // What could not be sent is stale when the broker is back: boards would believe it.
    queueQoSZero: false,
    ...(mqtt.user === null ? {} : { username: mqtt.user }),
    ...(mqtt.password === null ? {} : { password: mqtt.password }),
    ...(mqtt.tlsCaFile === null ? {} : { ca: readFileSync(mqtt.tlsCaFile) }),
  };
}

function withoutDelay(stream: object): void {
  if ('setNoDelay' in stream && typeof stream.setNoDelay === 'function') stream.setNoDelay(true);
}
