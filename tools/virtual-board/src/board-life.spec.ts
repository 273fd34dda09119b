import type { BoardEvent } from './board-events';
import { MemoryLink } from './memory-link';
import { acceptAll } from './spec-broker';
import { VirtualBoard } from './virtual-board';
import { VirtualClock } from './virtual-clock';
import { fasterTimings, FIRMWARE_TIMINGS } from './timings';

function bench(answer = acceptAll) {
  const clock = new VirtualClock();
  const published: string[] = [];
  const events: BoardEvent[] = [];
  const link: MemoryLink = new MemoryLink({
    clock,
    onPublish: (topic, payload) => {
      published.push(payload);
      const reply = answer(topic, payload);
      if (reply !== null) link.deliver(`${topic}/reply`, reply);
    },
  });
  const board = new VirtualBoard({ machineId: 42, clock, link, random: () => 0.5 });
  board.on((event) => events.push(event));
  const of = <K extends BoardEvent['kind']>(kind: K) =>
    events.filter((it): it is Extract<BoardEvent, { kind: K }> => it.kind === kind);
  return { clock, link, board, published, events, of };
}

it('keeps only the flash over a power cut', async () => {
  const { clock, board, published } = bench();
  board.boot();
  clock.at(10_000, () => board.tap('0badf00d'));
  clock.at(20_000, () => board.cutLink());
  clock.at(30_000, () => board.tap('0badf00d', 1000));
  await clock.runUntil(130_000);
  expect(board.state.queueLength).toBe(1); // the stopuse, saved at 125 s
  expect(board.flash.cache).toEqual([{ uid: '0badf00d', level: 1 }]);

  clock.at(131_000, () => board.tap('0badf00d', 1000));
  await clock.runUntil(140_000);
  expect(board.state.queueLength).toBe(2); // startuse, not saved
  await board.powerCut();
  expect(board.state).toMatchObject({ isRunning: false, use: null, power: 'off', queueLength: 1 });

  board.restoreLink();
  const before = published.length;
  board.boot();
  await clock.runUntil(160_000);
  const actions = published.slice(before).map((text) => JSON.parse(text).action);
  expect(actions).toEqual(['alive', 'stopuse', 'checkmachine']);
  expect(published[before + 1]).toMatch(/"duration":\d+, "replay":true}$/);
});

it('is dead at once when the power goes, whatever it is doing', async () => {
  const { clock, board, published, of } = bench(() => null);
  board.boot();
  await clock.runUntil(7000); // waits for the answer to checkmachine
  const ended = board.powerCut();
  await clock.runUntil(60_000);
  await ended;
  expect(published).toHaveLength(2);
  expect(of('power-cut')).toHaveLength(1);
  await board.powerCut();
  expect(of('power-cut')).toHaveLength(1);
});

it('does nothing more when the power goes within an event', async () => {
  const { clock, board, published, events } = bench();
  board.on(({ kind }) => {
    if (kind === 'card') void board.powerCut();
  });
  board.boot();
  clock.at(10_000, () => board.tap('0badf00d'));
  await clock.runUntil(60_000);
  expect(published).toHaveLength(2); // alive, checkmachine
  expect(events.at(-1)?.kind).toBe('power-cut');
});

it('tells what happens, with the answer time of each query', async () => {
  const { clock, board, events, of } = bench();
  board.boot();
  board.boot();
  clock.at(10_000, () => board.tap('0BADF00D'));
  clock.at(20_000, () => board.tap('aabbccdd'));
  clock.at(30_000, () => board.tap('0badf00d'));
  await clock.runUntil(200_000);
  expect(of('boot')).toMatchObject([{ clientId: 'BOARD500', machineId: 42 }]);
  expect(of('started')).toMatchObject([{ uid: '0badf00d', name: 'Luca', level: 1 }]);
  expect(of('occupied')).toMatchObject([{ uid: 'aabbccdd' }]);
  expect(of('stopped')).toMatchObject([{ uid: '0badf00d', durationS: 19 }]);
  expect(of('power')).toMatchObject([{ state: 'on' }, { state: 'off' }]);
  const answers = events.filter((event) => event.kind === 'answered');
  expect(answers.length).toBeGreaterThan(8);
  for (const answer of answers) expect(answer.answerMs).toBeCloseTo(1, 5); // 0.5 ms each way
});

it('answers a stray acceptance with a negative time, and believes it', async () => {
  const { clock, link, board, of } = bench((topic, payload) =>
    payload.includes('99887766') ? null : acceptAll(topic, payload),
  );
  board.boot();
  await clock.runUntil(10_000);
  const stray = acceptAll('', '"checkuser"') ?? '';
  link.deliver('machine/42/reply', stray);
  board.tap('99887766'); // the reader is looked at before the socket
  await clock.runUntil(20_000);
  const answer = of('answered').find(({ query }) => query.includes('checkuser'));
  expect(answer?.answerMs).toBeLessThan(0);
  expect(of('started')).toMatchObject([{ uid: '99887766' }]);
});

it('goes faster only where a backend cannot tell', () => {
  const fast = fasterTimings(10);
  expect(fast.bootMs).toBeCloseTo(530.5);
  expect(fast.tickMs).toBe(3000);
  expect(fast.answerTimeoutMs).toBe(FIRMWARE_TIMINGS.answerTimeoutMs);
  expect(fast.afterTimeoutMs).toBe(FIRMWARE_TIMINGS.afterTimeoutMs);
  expect(fast.failFastMs).toBe(FIRMWARE_TIMINGS.failFastMs);
  expect(fast.minuteMs).toBe(FIRMWARE_TIMINGS.minuteMs);
  expect(fasterTimings(1)).toEqual(FIRMWARE_TIMINGS);
  expect(() => fasterTimings(0)).toThrow(RangeError);
});
