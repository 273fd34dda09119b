import { assertNever } from '@fabomatic/kernel';
import type { MqttClient } from 'mqtt';
import { BAD_PAYLOAD_KINDS, badPayloads, isBadPayloadKind } from './bad-payloads';
import { type BrokerAddress, connectAsBoard, untilConnected } from './mqtt-connection';
import {
  aliveText,
  CHECK_MACHINE,
  checkUserText,
  identityOf,
  startUseText,
  stopUseText,
} from './wire-texts';

/**
 * What a board, or something that passes for one, can do wrong. Those of BAD_PAYLOAD_KINDS send
 * bad messages one by one; the others:
 * `flood`: queries without waiting · `silent`: connected, and deaf to all commands ·
 * `never-reads`: asks, and never reads its socket · `duplicates`: each message three times ·
 * `other-topic`: speaks for another machine · `same-client-id`: throws off who has that id ·
 * `never-subscribes`: asks without listening · `wrong-subscription`: listens to everything.
 */
export const MISBEHAVIOURS = [
  ...BAD_PAYLOAD_KINDS,
  'flood',
  'silent',
  'never-reads',
  'duplicates',
  'other-topic',
  'same-client-id',
  'never-subscribes',
  'wrong-subscription',
] as const;

export type Misbehaviour = (typeof MISBEHAVIOURS)[number];

export interface MisbehaviourOptions {
  readonly broker: BrokerAddress;
  readonly machineId: number;
  /** Default `machine`. */
  readonly topicPrefix?: string;
  /** For `other-topic`: whose topic. Default: the next machine. */
  readonly victimMachineId?: number;
  /** Default `BOARD<machineId>`; for `same-client-id` the id of the victim. */
  readonly clientId?: string;
  /** The card in messages. Default `0badf00d`. */
  readonly uid?: string;
  /** Messages of `flood` and `never-reads`, connections of `same-client-id`. Default 500. */
  readonly count?: number;
  /** How long an answer is awaited, and how long `silent` lasts. Default 2000. */
  readonly waitMs?: number;
}

export interface MisbehaviourReport {
  readonly kind: Misbehaviour;
  readonly published: number;
  /** What came to the subscribed topics, oldest first. */
  readonly received: readonly { readonly topic: string; readonly payload: string }[];
  /** The broker still had this client at the end. */
  readonly isConnected: boolean;
}

/** Does it once, and says what came of it. Rejects when no connection can be made. */
export async function misbehave(
  kind: Misbehaviour,
  options: MisbehaviourOptions,
): Promise<MisbehaviourReport> {
  const nuisance = new Nuisance(options);
  try {
    await act(kind, nuisance, options);
    return { kind, ...nuisance.report() };
  } finally {
    nuisance.leave();
  }
}

async function act(
  kind: Misbehaviour,
  nuisance: Nuisance,
  options: MisbehaviourOptions,
): Promise<void> {
  const { machineId, count = 500, uid = '0badf00d', waitMs = 2000 } = options;
  if (isBadPayloadKind(kind)) {
    await nuisance.connect('own-reply');
    for (const payload of badPayloads(kind)) await nuisance.exchange(payload);
    return;
  }
  switch (kind) {
    case 'flood':
      await nuisance.connect('own-reply');
      for (let n = 0; n < count; n++) nuisance.publish(CHECK_MACHINE);
      return nuisance.untilQuiet();
    case 'silent':
      await nuisance.connect('own-reply');
      return pause(waitMs);
    case 'never-reads':
      await nuisance.connect('own-reply');
      nuisance.stopReading();
      for (let n = 0; n < count; n++) nuisance.publish(CHECK_MACHINE);
      return pause(waitMs);
    case 'duplicates':
      await nuisance.connect('own-reply');
      for (const text of [checkUserText(uid), startUseText(uid), stopUseText(uid, 60)]) {
        for (let copy = 0; copy < 3; copy++) nuisance.publish(text);
      }
      return nuisance.untilQuiet();
    case 'other-topic':
      await nuisance.connect('own-reply');
      for (const text of [checkUserText(uid), startUseText(uid), stopUseText(uid, 60)]) {
        nuisance.publish(text, options.victimMachineId ?? machineId + 1);
      }
      return nuisance.untilQuiet();
    case 'same-client-id':
      for (let n = 0; n < Math.min(count, 20); n++) {
        await nuisance.connect('own-reply');
        nuisance.publish(aliveText(identityOf(machineId)));
        await nuisance.exchange(Buffer.from(CHECK_MACHINE));
      }
      return;
    case 'never-subscribes':
      await nuisance.connect('nothing');
      for (const text of [CHECK_MACHINE, checkUserText(uid)]) nuisance.publish(text);
      return pause(waitMs);
    case 'wrong-subscription':
      await nuisance.connect('everything');
      nuisance.publish(CHECK_MACHINE);
      return nuisance.untilQuiet();
    default:
      return assertNever(kind);
  }
}

/** A client that does as it is told. */
class Nuisance {
  private client: MqttClient | null = null;
  private published = 0;
  private readonly received: { topic: string; payload: string }[] = [];
  private readonly topicPrefix: string;
  private readonly waitMs: number;

  constructor(private readonly options: MisbehaviourOptions) {
    this.topicPrefix = options.topicPrefix ?? 'machine';
    this.waitMs = options.waitMs ?? 2000;
  }

  /** A new connection, without a word of farewell to the one before. */
  async connect(subscription: 'own-reply' | 'nothing' | 'everything'): Promise<void> {
    this.leave();
    const { broker, machineId, clientId = `BOARD${machineId}` } = this.options;
    const client = connectAsBoard(broker, clientId, { keepalive: 0 });
    this.client = client;
    client.on('message', (topic, payload) => {
      this.received.push({ topic, payload: payload.toString('utf8') });
    });
    await untilConnected(client);
    if (subscription === 'own-reply') {
      await client.subscribeAsync(`${this.topicPrefix}/${machineId}/reply`);
    }
    if (subscription === 'everything') await client.subscribeAsync('#');
  }

  publish(payload: string | Buffer, machineId = this.options.machineId): void {
    this.published++;
    // An error means that the broker threw us out: `isConnected` of the report says so.
    this.client?.publish(`${this.topicPrefix}/${machineId}`, payload, () => undefined);
  }

  /** Publishes and waits for one answer, `waitMs` at most. */
  async exchange(payload: Buffer): Promise<void> {
    const before = this.received.length;
    this.publish(payload);
    for (let waitedMs = 0; waitedMs < this.waitMs; waitedMs += POLL_MS) {
      if (this.received.length > before || !this.client?.connected) return;
      await pause(POLL_MS);
    }
  }

  /** Waits until nothing has come for a while, `waitMs` at most after the last message. */
  async untilQuiet(): Promise<void> {
    let quietMs = 0;
    for (let seen = -1; quietMs < this.waitMs; quietMs += POLL_MS) {
      if (this.received.length !== seen) quietMs = 0;
      seen = this.received.length;
      await pause(POLL_MS);
    }
  }

  stopReading(): void {
    this.client?.stream.unpipe();
  }

  report(): Omit<MisbehaviourReport, 'kind'> {
    const isConnected = this.client?.connected ?? false;
    return { published: this.published, received: this.received, isConnected };
  }

  leave(): void {
    this.client?.end(true);
  }
}

const POLL_MS = 10;

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}
