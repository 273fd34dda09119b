import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { differences, payloadOf } from '../testing/conversation-differences';
import { ConversationLab } from '../testing/conversation-lab';
import { recordsOf } from '../testing/conversation-records';
import { playStep } from '../testing/conversation-steps';
import {
  type Departure,
  loadDepartures,
  recordedScenarios,
  type RecordedState,
  type RecordedStep,
} from '../testing/transcripts';

/**
 * The original's recorded conversations, replayed against the whole product over MQTT. Every reply
 * and every record is the original's, except for the departures in libs/boards/fixtures, which are
 * exactly those that docs/board-protocol.md gives the reasons of.
 */
const { reasons, departures } = loadDepartures();
const scenarios = recordedScenarios();
const PROTOCOL_PAGE = resolve(__dirname, '../../../../docs/board-protocol.md');

/** scenario and step -> its departure */
const departureOf = new Map(departures.map((item) => [`${item.scenario} ${item.step}`, item]));

/** What the original published because somebody asked for it in its portal. */
function recordedCommand({ http, other_messages }: RecordedStep): object | null {
  return http === undefined ? null : payloadOf(other_messages?.[0]);
}

let conversation: ConversationLab;
beforeAll(async () => {
  conversation = await ConversationLab.start();
}, 60_000);
afterAll(() => conversation.stop());

async function replay(steps: readonly RecordedStep[]): Promise<void> {
  await conversation.begin(steps[0]?.setup_sql ?? []);
  for (const step of steps) await replayStep(step);
}

async function replayStep(step: RecordedStep): Promise<void> {
  const { scenario } = step;
  const observed = await playStep(conversation, step);
  if (observed.reply) expect(observed.reply.topic).toBe(`${step.publish?.topic}/reply`);
  const recorded = {
    reply: payloadOf(step.reply),
    command: recordedCommand(step),
    state: step.db_after,
  };
  const departure = departureOf.get(`${scenario} ${step.step}`);
  if (departure) expectStillDeparts(departure, recorded, observed);
  const expected = {
    reply: departure?.reply === undefined ? recorded.reply : departure.reply,
    command: departure?.command === undefined ? recorded.command : departure.command,
    state: { ...recorded.state, ...departure?.state },
  };
  const found = differences(scenario, expected, observed);
  expect({ step: step.step, ...found }).toEqual({ step: step.step });
}

/** Each part of a departure differs from what was recorded; else it has to leave the table. */
function expectStillDeparts(
  departure: Departure,
  recorded: Parameters<typeof differences>[1],
  observed: Parameters<typeof differences>[2],
): void {
  const found = differences(departure.scenario, recorded, observed);
  const parts = [
    ...(departure.reply === undefined ? [] : ['reply']),
    ...(departure.command === undefined ? [] : ['command']),
    ...Object.keys(departure.state ?? {}),
  ];
  const differing = [
    ...['reply', 'command'].filter((part) => part in found),
    ...Object.keys(found.state ?? {}),
  ];
  expect({ step: departure.step, parts: differing.sort() }).toEqual({
    step: departure.step,
    parts: parts.sort(),
  });
}

describe('a recorded conversation', () => {
  for (const [scenario, steps] of scenarios) {
    test(scenario, () => replay(steps));
  }
});

test('the recordings are whole', () => {
  expect(scenarios.size).toBe(126);
  expect([...scenarios.values()].flat()).toHaveLength(331);
});

test('statistics come every five seconds, with the keys of the original and more counters', async () => {
  const recorded = (scenarios.get('stats/payload') ?? []).flatMap((step) => {
    return step.other_messages ?? [];
  });
  const sent = await conversation.nextStats();
  expect(sent.topic).toMatch(/^stats\/[^/]+$/);
  const keys = Object.keys(JSON.parse(recorded[0]?.payload ?? '{}') as object);
  expect(keys).toHaveLength(5);
  expect(Object.keys(JSON.parse(sent.payload) as object)).toEqual([
    ...keys,
    ...['Dropped', 'Malformed', 'Ignored', 'Failed'],
  ]);
  const { malformed } = conversation.counters;
  await conversation.say({ topic: 'machine/1', payload: 'no JSON' });
  const sinceMs = performance.now();
  const next = JSON.parse((await conversation.nextStats()).payload) as { Malformed: number };
  expect(performance.now() - sinceMs).toBeLessThan(5500);
  expect(next.Malformed).toBe(malformed + 1);
  const oneMs = performance.now();
  await conversation.nextStats();
  expect(performance.now() - oneMs).toBeGreaterThan(4000);
}, 20_000);

describe('what ended the original for good', () => {
  const fatal = [...scenarios]
    .filter(([scenario]) => /^malformed_fatal\/|_kills_thread$/.test(scenario))
    .flatMap(([scenario, [step]]) => (step?.publish ? [[scenario, step.publish] as const] : []));
  const other = ['5', 'null', 'true'].map(
    (payload) => [`the payload ${payload}`, { topic: 'machine/1', payload }] as const,
  );

  test.each([...fatal, ...other])('%s is counted, logged and has no effect', async (_, publish) => {
    await conversation.begin([]);
    const everything: RecordedState = {
      uses: [],
      machine_hours: {},
      unknown_cards: [],
      interventions: [],
      boards: [],
    };
    const before = await recordsOf(conversation, everything, null);
    const { received, malformed, ignored } = conversation.counters;
    const warn = jest.spyOn(conversation.repeatedLog, 'warn');
    const answers = await conversation.say(publish);
    expect(answers.length).toBeLessThanOrEqual(1);
    expect(await recordsOf(conversation, everything, null)).toEqual(before);
    // The message, and two questions of the sentinel.
    expect(conversation.counters.received).toBe(received + 3);
    expect(conversation.counters.failed).toBe(0);
    const { counters } = conversation;
    expect(counters.malformed + counters.ignored).toBe(malformed + ignored + 1);
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
    const [next] = await conversation.say({
      topic: 'machine/1',
      payload: '{"action":"checkuser","uid":"0badf00d"}',
    });
    expect(next?.payload).toContain('"is_valid":true');
  });
});

describe('the departures', () => {
  test('each belongs to a step that is replayed, once', () => {
    expect(departureOf.size).toBe(departures.length);
    for (const { scenario, step } of departures) {
      expect(scenarios.get(scenario)?.map((item) => item.step)).toContain(step);
    }
  });

  test('each has a reason, and each reason is used', () => {
    expect(new Set(departures.flatMap(({ because }) => because))).toEqual(
      new Set(Object.keys(reasons)),
    );
  });

  test('the page about the protocol tells the same reasons', () => {
    const page = readFileSync(PROTOCOL_PAGE, 'utf8');
    const rows = [...page.matchAll(/^\| (D\d+) +\| (.+?) *\|$/gm)].map((match) => [
      match[1],
      match[2],
    ]);
    expect(Object.fromEntries(rows)).toEqual(reasons);
  });
});
