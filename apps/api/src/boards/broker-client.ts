/** The part of a PUBLISH packet that is read. */
export interface ReceivedPacket {
  topic: string;
  payload: Buffer | string;
  qos: 0 | 1 | 2;
}

/** What a client tells of. */
export interface BrokerEvents {
  connected(): void;
  disconnected(): void;
  /** The broker cannot be reached; the client tries again by itself. */
  failed(error: Error): void;
  /** A message; it is acknowledged (QoS 1) when `acknowledge` is called. */
  received(packet: ReceivedPacket, acknowledge: () => void): void;
}

/** The API's place at a broker: mqtt.js over TCP, or a link into the embedded broker. */
export interface BrokerClient {
  readonly connected: boolean;
  /** Once, before anything else. */
  begin(events: BrokerEvents): void;
  /** QoS 1, so that a broker with a persistent session keeps what comes while we are away. */
  subscribe(topic: string): void;
  /** QoS 0, not retained. */
  publish(topic: string, text: string): void;
  end(): Promise<void>;
}
