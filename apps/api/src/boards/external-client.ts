import { readFileSync } from 'node:fs';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import type { Settings } from '../settings/settings.module';

/** How long after a lost connection the next attempt is made. */
const RECONNECT_MS = 2000;

/**
 * Connects to a broker that runs elsewhere, for ever. Fixed client id and a persistent session:
 * what the broker kept while this program was down arrives after its restart.
 */
export function connectToBroker(mqtt: Settings['mqtt']): MqttClient {
  const options: IClientOptions = {
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
  const client = connect(options);
  // mqtt.js never asks for it: with Nagle's algorithm a question and its answer take 44 ms.
  client.on('connect', () => withoutDelay(client.stream));
  return client;
}

function withoutDelay(stream: unknown): void {
  if (stream instanceof Object && 'setNoDelay' in stream) {
    const { setNoDelay } = stream;
    if (typeof setNoDelay === 'function') setNoDelay.call(stream, true);
  }
}
