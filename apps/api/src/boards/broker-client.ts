import type { EventEmitter } from 'node:events';

/**
 * What Nest's MQTT server needs of a client, and what mqtt.js has: the embedded broker gives the
 * same without a socket. Events: `connect`, `close`, `reconnect`, `error` (Error),
 * `message` (topic: string, payload: Buffer, packet: {qos, retain}).
 */
export interface BrokerClient extends EventEmitter {
  readonly connected: boolean;
  subscribe(topic: string, options?: object): unknown;
  publish(topic: string, payload: string, options?: object): unknown;
  end(): unknown;
  /** Set by the transport: called for each message before it is acknowledged. */
  handleMessage: (packet: ReceivedPacket, acknowledge: (error?: Error) => void) => void;
}

/** The part of a PUBLISH packet that is read. */
export interface ReceivedPacket {
  topic: string;
  payload: Buffer | string;
  qos: 0 | 1 | 2;
  retain?: boolean;
}
