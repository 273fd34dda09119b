import { setTimeout as sleep } from 'node:timers/promises';
import { connectAsync, type IPublishPacket, type MqttClient } from 'mqtt';

/** What came from the API on a topic. */
export interface Heard {
  readonly topic: string;
  readonly text: string;
  readonly qos: number;
  readonly retain: boolean;
  /** Monotonic milliseconds. */
  readonly atMs: number;
}

/** Long enough for an answer that must not come to come all the same. */
const SILENCE_MS = 80;
/** How long a board would wait; computers that run specs are slow at times. */
const PATIENCE_MS = 1960;
const ANSWER_TIMEOUT_MS = 5000;

/** One connection that speaks as any number of boards, and hears what all of them are told. */
export class TestBoards {
  readonly heard: Heard[] = [];
  private readonly listeners = new Set<() => void>();

  private constructor(readonly client: MqttClient) {
    client.on('message', (topic: string, payload: Buffer, packet: IPublishPacket) => {
      const { qos, retain } = packet;
      const atMs = performance.now();
      this.heard.push({ topic, text: payload.toString(), qos, retain, atMs });
      for (const listener of [...this.listeners]) listener();
    });
  }

  static async connect(port: number): Promise<TestBoards> {
    const client = await connectAsync({ host: '127.0.0.1', port, reconnectPeriod: 200 });
    client.on('connect', () => setNoDelay(client));
    setNoDelay(client);
    const boards = new TestBoards(client);
    await client.subscribeAsync(['machine/+/reply', 'machine/+/request']);
    return boards;
  }

  /** Publishes as a board does; an object as JSON, text and bytes as they are. */
  say(machineId: number | string, message: object | string | Buffer): void {
    const isRaw = typeof message === 'string' || Buffer.isBuffer(message);
    this.client.publish(`machine/${machineId}`, isRaw ? message : JSON.stringify(message));
  }

  /** Asks and gives the first answer to that machine. */
  async ask(
    machineId: number,
    message: object | string | Buffer,
  ): Promise<Record<string, unknown>> {
    const answer = this.next(machineId);
    this.say(machineId, message);
    return JSON.parse((await answer).text) as Record<string, unknown>;
  }

  /** The next message on a machine's reply topic. */
  next(machineId: number): Promise<Heard> {
    const before = this.answers(machineId).length;
    return new Promise((resolve, reject) => {
      const listen = () => {
        const found = this.answers(machineId)[before];
        if (!found) return;
        this.listeners.delete(listen);
        clearTimeout(timer);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.listeners.delete(listen);
        reject(new Error(`no answer to machine ${machineId}`));
      }, ANSWER_TIMEOUT_MS);
      this.listeners.add(listen);
    });
  }

  /** All that a machine's board was answered so far. */
  answers(machineId: number): Heard[] {
    return this.heard.filter(({ topic }) => topic === `machine/${machineId}/reply`);
  }

  /** The answer to `message`, and what else comes within a moment after it; [] for none in time. */
  async hears(machineId: number, message: object | string | Buffer): Promise<Heard[]> {
    const before = this.answers(machineId).length;
    this.say(machineId, message);
    for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += 5) {
      if (this.answers(machineId).length > before) break;
      await sleep(5);
    }
    await sleep(SILENCE_MS);
    return this.answers(machineId).slice(before);
  }

  async end(): Promise<void> {
    await this.client.endAsync(true);
  }
}

/** mqtt.js never asks for it, and every question would take 44 ms. */
function setNoDelay({ stream }: MqttClient): void {
  if ('setNoDelay' in stream && typeof stream.setNoDelay === 'function') stream.setNoDelay(true);
}
