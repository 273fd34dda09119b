import { BAD_PAYLOAD_KINDS, badPayloads } from './bad-payloads';
import { misbehave, type MisbehaviourOptions, MISBEHAVIOURS } from './misbehaviour';
import { connectAsBoard, untilConnected } from './mqtt-connection';
import { acceptAll, SpecBroker } from './spec-broker';

let broker: SpecBroker;
let options: MisbehaviourOptions;

beforeEach(async () => {
  broker = await SpecBroker.start(acceptAll);
  options = { broker: { url: broker.url }, machineId: 5, waitMs: 100, count: 50 };
});

afterEach(() => broker.stop());

function isJsonObject(payload: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload),
    );
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false; // not UTF-8, not JSON
  }
}

describe('bad payloads', () => {
  it.each(['malformed-json', 'not-utf8'] as const)('%s cannot be read as an object', (kind) => {
    expect(badPayloads(kind).filter(isJsonObject)).toEqual([]);
  });

  it.each(['missing-fields', 'wrong-types', 'unknown-action'] as const)(
    '%s can be read, and means nothing',
    (kind) => {
      expect(badPayloads(kind).every(isJsonObject)).toBe(true);
    },
  );

  it('has messages of a megabyte and of great depth', () => {
    expect(badPayloads('megabyte').every(({ length }) => length >= 1024 * 1024)).toBe(true);
    expect(
      badPayloads('deep-json').every(
        (it) => it.includes('['.repeat(9)) || it.includes('{"action":{'),
      ),
    ).toBe(true);
  });

  it.each(BAD_PAYLOAD_KINDS)(
    '%s: all arrive on the topic of the machine, each answered',
    async (kind) => {
      const report = await misbehave(kind, options);
      const payloads = badPayloads(kind);
      expect(broker.published.map(({ topic }) => topic)).toEqual(payloads.map(() => 'machine/5'));
      expect(broker.published.every(({ payload }, n) => payloads[n]?.equals(payload))).toBe(true);
      expect(report.published).toBe(payloads.length);
      expect(report.isConnected).toBe(true);
    },
  );
});

describe('bad manners', () => {
  it('floods', async () => {
    const report = await misbehave('flood', options);
    expect(broker.published).toHaveLength(50);
    expect(report.received).toHaveLength(50);
  });

  it('keeps silent, connected', async () => {
    const report = await misbehave('silent', options);
    expect(report).toMatchObject({ published: 0, received: [], isConnected: true });
    expect(broker.clientIds).toEqual(['BOARD5']);
  });

  it('asks and never reads', async () => {
    const report = await misbehave('never-reads', options);
    expect(broker.published).toHaveLength(50);
    expect(report.received).toEqual([]);
  });

  it('sends everything three times', async () => {
    await misbehave('duplicates', options);
    const texts = broker.published.map(({ payload }) => payload.toString('utf8'));
    expect(texts).toHaveLength(9);
    expect(new Set(texts).size).toBe(3);
  });

  it('speaks for another machine, and hears nothing of it', async () => {
    const report = await misbehave('other-topic', { ...options, victimMachineId: 9 });
    expect(new Set(broker.published.map(({ topic }) => topic))).toEqual(new Set(['machine/9']));
    expect(report.received).toEqual([]);
  });

  it('throws off the board that has the same client id', async () => {
    const victim = connectAsBoard({ url: broker.url }, 'BOARD77');
    await untilConnected(victim);
    const thrownOff = new Promise<void>((resolve) => victim.once('close', () => resolve()));
    await misbehave('same-client-id', { ...options, clientId: 'BOARD77', count: 3 });
    await thrownOff;
    expect(broker.clientIds).toEqual(['BOARD77', 'BOARD77', 'BOARD77', 'BOARD77']);
  });

  it('asks without listening', async () => {
    const report = await misbehave('never-subscribes', options);
    expect(report).toMatchObject({ published: 2, received: [], isConnected: true });
  });

  it('listens to everything', async () => {
    const report = await misbehave('wrong-subscription', options);
    expect(report.received.map(({ topic }) => topic)).toContain('machine/5');
  });

  it('knows no kind that was not tried here', () => {
    expect(MISBEHAVIOURS).toHaveLength(BAD_PAYLOAD_KINDS.length + 8);
  });

  it('says when there is no broker', async () => {
    const nowhere = { ...options, broker: { url: 'mqtt://127.0.0.1:1' } };
    await expect(misbehave('flood', nowhere)).rejects.toThrow(/ECONNREFUSED/);
  });
});
