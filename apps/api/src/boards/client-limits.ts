import type { Client } from 'aedes';
import type { Socket } from 'node:net';

/** Whatever a program sends in one message on the embedded broker; boards send 300 bytes at most. */
const MAX_PAYLOAD_BYTES = 65_536;
const MAX_BOARD_PAYLOAD_BYTES = 1024;
/**
 * So many bytes without a whole message among them are one that is too long. Above the longest
 * message, since what has arrived but was not looked at yet counts as well.
 */
const MAX_UNFINISHED_BYTES = 4 * MAX_PAYLOAD_BYTES;
/** What may wait for a client that does not read; answers to a board are 300 bytes at most. */
const MAX_WAITING_BYTES = 65_536;
const MAX_SUBSCRIPTIONS = 100;
/** Topics with a retained message, of all clients together. */
const MAX_RETAINED_TOPICS = 1000;

/** Connections of all kinds; a lab has a few dozen boards. */
export const MAX_CONNECTIONS = 500;
/** From one address, which may be a router's with all boards behind it. */
const MAX_CONNECTIONS_OF_ADDRESS = MAX_CONNECTIONS / 2;

/** Client ids stand in maps and in the log. */
export const MAX_CLIENT_ID_LENGTH = 128;

/** What one client may cost in memory; see "A board that floods" in docs/security.md. */
export class ClientLimits {
  /** Key: a socket; value: how much had been read from it when its latest whole message came. */
  private readonly readAtMessage = new WeakMap<object, number>();
  private readonly retained = new Set<string>();
  /** Key: an address; value: how many connections there are from it. */
  private readonly fromAddress = new Map<string, number>();

  /** Whether there is room for one more connection from there. */
  admit(socket: Socket): boolean {
    const address = socket.remoteAddress ?? '';
    const count = this.fromAddress.get(address) ?? 0;
    if (count >= MAX_CONNECTIONS_OF_ADDRESS) return false;
    this.fromAddress.set(address, count + 1);
    socket.once('close', () => {
      const left = (this.fromAddress.get(address) ?? 1) - 1;
      if (left === 0) this.fromAddress.delete(address);
      else this.fromAddress.set(address, left);
    });
    return true;
  }

  /** Ends a connection on which a message comes that has no end. Before the broker gets the socket. */
  watch(socket: Socket): void {
    this.readAtMessage.set(socket, 0);
    socket.on('readable', () => {
      const unfinished = socket.bytesRead - (this.readAtMessage.get(socket) ?? 0);
      if (unfinished > MAX_UNFINISHED_BYTES) socket.destroy();
    });
  }

  /** A whole message came. */
  noteMessage({ conn }: Client): void {
    if ('bytesRead' in conn && typeof conn.bytesRead === 'number') {
      this.readAtMessage.set(conn, conn.bytesRead);
    }
  }

  isTooLong(payload: Buffer | string, isBoard: boolean): boolean {
    return payload.length > (isBoard ? MAX_BOARD_PAYLOAD_BYTES : MAX_PAYLOAD_BYTES);
  }

  maySubscribe(client: Client): boolean {
    const held = 'subscriptions' in client ? client.subscriptions : {};
    return Object.keys(held ?? {}).length < MAX_SUBSCRIPTIONS;
  }

  /** Whether the client takes what it is sent: nobody else waits for one that does not. */
  isReading({ conn }: Client): boolean {
    return conn.writableLength < Math.min(MAX_WAITING_BYTES, conn.writableHighWaterMark / 2);
  }

  /** Whether a message may be kept for whoever subscribes later. */
  mayRetain(topic: string, payload: Buffer | string): boolean {
    if (payload.length === 0) {
      this.retained.delete(topic);
      return true;
    }
    if (!this.retained.has(topic) && this.retained.size >= MAX_RETAINED_TOPICS) return false;
    this.retained.add(topic);
    return true;
  }
}
