import { connect, type IClientOptions, type MqttClient } from 'mqtt';

/** How to reach a broker. */
export interface BrokerAddress {
  /** `mqtt://host:1883`, or `mqtts://host:8883` for TLS. */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** For `mqtts`: the certificate authority in PEM. Default: those of Node. */
  readonly ca?: string;
  /** For `mqtts`: false accepts any certificate. Default true. */
  readonly rejectUnauthorized?: boolean;
}

/**
 * An mqtt.js client that connects as a board does: MQTT 3.1.1, clean session, keep-alive 10 s (F1);
 * no reconnection and no buffering by the library, no delay of small packets by TCP.
 */
export function connectAsBoard(
  broker: BrokerAddress,
  clientId: string,
  overrides: IClientOptions = {},
): MqttClient {
  const { url, username, password, ca, rejectUnauthorized } = broker;
  const client = connect(url, {
    protocolVersion: 4,
    clean: true,
    keepalive: 10,
    reconnectPeriod: 0,
    queueQoSZero: false,
    resubscribe: false,
    clientId,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(ca === undefined ? {} : { ca }),
    ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }),
    ...overrides,
  });
  // Some streams (of a proxy) are no sockets and have no such switch.
  client.on('connect', () => {
    const { stream } = client;
    if ('setNoDelay' in stream && typeof stream.setNoDelay === 'function') stream.setNoDelay(true);
  });
  return client;
}

/** Resolves when the broker has accepted the client; rejects with its reason, or when it is gone. */
export function untilConnected(client: MqttClient): Promise<void> {
  return new Promise((resolve, reject) => {
    client.once('connect', () => resolve());
    client.on('error', reject); // later errors: the promise has settled, the connection closes
    client.once('close', () => reject(new Error('the broker closed the connection')));
  });
}
