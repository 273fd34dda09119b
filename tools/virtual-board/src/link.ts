/** A PUBLISH packet that came to the board. */
export interface Packet {
  readonly topic: string;
  readonly payload: string;
  /** Length of the whole PUBLISH packet: a board takes 300 at most (F17). */
  readonly packetBytes: number;
  /** When it reached the socket, by the board's clock; the board reads it later. */
  readonly arrivedMs: number;
}

/**
 * A board's TCP and MQTT connection. What arrives waits in an inbox until the board reads it.
 * `drop`, `cut` and `restore` are what the world does to it, the rest is what the board does.
 */
export interface Link {
  /** TCP connect, CONNECT (clean session, keep-alive 10 s), CONNACK. False: not connected (F1). */
  open(clientId: string): Promise<boolean>;
  /** SUBSCRIBE at QoS 0. False: not connected, or refused. */
  subscribe(topic: string): Promise<boolean>;
  /** PUBLISH at QoS 0, not retained. False when the socket is known to be closed. */
  publish(topic: string, payload: string): boolean;
  /** `polite` sends DISCONNECT first. What has not been read is gone. */
  close(manner: 'polite' | 'abrupt'): void;
  /** True also while something that came before the peer closed is still unread (F13). */
  isAlive(): boolean;
  /** What has arrived since the last call, oldest first. */
  take(): Packet[];
  /** Something has arrived that was not taken. */
  hasUnread(): boolean;
  /** `listener` (one only) is called when something arrives and when the connection ends. */
  onNews(listener: () => void): void;
  /** The connection breaks; the board may reconnect at once. */
  drop(): void;
  /** The connection breaks, and none can be made until `restore`. */
  cut(): void;
  restore(): void;
}

/** Length in bytes of a QoS 0 PUBLISH packet, e.g. (15, 279) -> 299: 1 + 2 + (2 + 15) + 279. */
export function publishPacketBytes(topicBytes: number, payloadBytes: number): number {
  const remaining = 2 + topicBytes + payloadBytes;
  let lengthBytes = 1;
  for (let left = remaining; left >= 128; left = Math.floor(left / 128)) lengthBytes++;
  return 1 + lengthBytes + remaining;
}
