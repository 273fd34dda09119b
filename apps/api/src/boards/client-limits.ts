import type { Client } from 'aedes';
import type { Socket } from 'node:net';
import { networkOf } from '../network-of';

/** Whatever a program without an account sends in one message; boards send 300 bytes at most. */
const MAX_PAYLOAD_BYTES = 1_048_576;
const MAX_BOARD_PAYLOAD_BYTES = 1024;
/**
 * So many bytes without a whole message among them are one that is too long. Well above the longest
 * message, since what has arrived but was not looked at yet counts as well.
 */
const MAX_UNFINISHED_BYTES = 2 * MAX_PAYLOAD_BYTES;
/** The same of boards with an account, and of everybody before they are let in. */
const MAX_BOARD_UNFINISHED_BYTES = 262_144;
/** What may wait for a client that does not read; answers to a board are 300 bytes at most. */
const MAX_WAITING_BYTES = 65_536;
const MAX_SUBSCRIPTIONS = 100;
/** Topics with a retained message, of all clients together, and what they and their names take. */
const MAX_RETAINED_TOPICS = 1000;
const MAX_RETAINED_BYTES = 1_048_576;
/** MQTT allows 65 535; a topic stands in the memory for each subscription. */
const MAX_TOPIC_LENGTH = 256;
/** Is kept as long as its client is connected: "offline", a few words. */
const MAX_WILL_BYTES = 4096;

/** Connections of all kinds; a lab has a few dozen boards. */
export const MAX_CONNECTIONS = 500;
/** From one address or /64 of IPv6, which may be a router's with all boards behind it. */
const MAX_CONNECTIONS_OF_ADDRESS = MAX_CONNECTIONS / 2;
/** The last ones are for networks from which a board has logged in with its account. */
const CONNECTIONS_FOR_BOARDS = 100;
/** How many such networks are remembered, since the start of the program. */
const MAX_BOARD_NETWORKS = 1000;

/** Client ids stand in maps and in the log. */
export const MAX_CLIENT_ID_LENGTH = 128;

/** How far a connection was read. */
interface Reading {
  /** When its latest whole message came. */
  atMessageBytes: number;
  /** What may follow without another one. */
  mostBytes: number;
}

/** What one client may cost in memory; see "A board that floods" in docs/security.md. */
export class ClientLimits {
  /** Key: a socket. */
  private readonly reads = new WeakMap<object, Reading>();
  /** Key: a topic with a retained message; value: what it takes. */
  private readonly retained = new Map<string, number>();
  private retainedBytes = 0;
  /** Key: an address as it is counted; value: how many connections there are from it. */
  private readonly fromAddress = new Map<string, number>();
  /** Of all addresses, on all ports. */
  private connections = 0;
  /** Networks from which a board has logged in with its account; the first one is forgotten first. */
  private readonly boardNetworks = new Set<string>();

  /** Whether there is room for one more connection from there. */
  admit(socket: Socket): boolean {
    const address = networkOf(socket.remoteAddress ?? '');
    const count = this.fromAddress.get(address) ?? 0;
    const kept = this.boardNetworks.has(address) ? 0 : CONNECTIONS_FOR_BOARDS;
    const isFull = this.connections >= MAX_CONNECTIONS - kept;
    if (isFull || count >= MAX_CONNECTIONS_OF_ADDRESS) return false;
    this.connections += 1;
    this.fromAddress.set(address, count + 1);
    socket.once('close', () => {
      this.connections -= 1;
      const left = (this.fromAddress.get(address) ?? 1) - 1;
      if (left === 0) this.fromAddress.delete(address);
      else this.fromAddress.set(address, left);
    });
    return true;
  }

  /** Ends a connection on which a message comes that has no end. Before the broker gets the socket. */
  watch(socket: Socket): void {
    const reading: Reading = { atMessageBytes: 0, mostBytes: MAX_BOARD_UNFINISHED_BYTES };
    this.reads.set(socket, reading);
    socket.on('readable', () => {
      if (socket.bytesRead - reading.atMessageBytes > reading.mostBytes) socket.destroy();
    });
  }

  /** Somebody without an account was let in. */
  noteGuest({ conn }: Client): void {
    const reading = this.reads.get(conn);
    if (reading) reading.mostBytes = MAX_UNFINISHED_BYTES;
  }

  /** A board has logged in with its account: its network keeps its place. */
  noteBoard({ conn }: Client): void {
    if (!('remoteAddress' in conn) || conn.remoteAddress === undefined) return;
    const network = networkOf(conn.remoteAddress);
    this.boardNetworks.delete(network);
    this.boardNetworks.add(network);
    const [oldest = ''] = this.boardNetworks;
    if (this.boardNetworks.size > MAX_BOARD_NETWORKS) this.boardNetworks.delete(oldest);
  }

  /** A whole message came. */
  noteMessage({ conn }: Client): void {
    const reading = this.reads.get(conn);
    if (reading && 'bytesRead' in conn) reading.atMessageBytes = conn.bytesRead;
  }

  isTooLong(payload: Buffer | string, isBoard: boolean): boolean {
    return payload.length > (isBoard ? MAX_BOARD_PAYLOAD_BYTES : MAX_PAYLOAD_BYTES);
  }

  isTopicTooLong(topic: string): boolean {
    return topic.length > MAX_TOPIC_LENGTH;
  }

  mayLeaveWill({ topic, payload }: { topic: string; payload: Buffer | string }): boolean {
    return payload.length <= MAX_WILL_BYTES && !this.isTopicTooLong(topic);
  }

  maySubscribe(client: Client, topic: string): boolean {
    if (this.isTopicTooLong(topic)) return false;
    const held = 'subscriptions' in client ? client.subscriptions : {};
    return Object.keys(held ?? {}).length < MAX_SUBSCRIPTIONS;
  }

  /** Whether the client takes what it is sent: nobody else waits for one that does not. */
  isReading({ conn }: Client): boolean {
    return conn.writableLength < Math.min(MAX_WAITING_BYTES, conn.writableHighWaterMark / 2);
  }

  /** Whether a message may be kept for whoever subscribes later. */
  mayRetain(topic: string, payload: Buffer | string): boolean {
    const keptBytes = this.retained.get(topic);
    // An empty one takes away what is kept.
    const bytes = payload.length === 0 ? 0 : topic.length + payload.length;
    const total = this.retainedBytes - (keptBytes ?? 0) + bytes;
    const isOneTooMany = keptBytes === undefined && this.retained.size >= MAX_RETAINED_TOPICS;
    if (bytes > 0 && (isOneTooMany || total > MAX_RETAINED_BYTES)) return false;
    this.retainedBytes = total;
    if (bytes === 0) this.retained.delete(topic);
    else this.retained.set(topic, bytes);
    return true;
  }
}
