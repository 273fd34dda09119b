import type { BoardEvent } from './board-events';
import { MemoryLink } from './memory-link';
import { type PatternName, PATTERN_NAMES, playPattern } from './patterns';
import { seededRandom } from './random';
import { acceptAll } from './spec-broker';
import { VirtualBoard } from './virtual-board';
import { VirtualClock } from './virtual-clock';

async function play(name: PatternName, hours: number, seed = 1) {
  const clock = new VirtualClock();
  const published: string[] = [];
  const events: BoardEvent[] = [];
  const link: MemoryLink = new MemoryLink({
    clock,
    onPublish: (topic, payload) => {
      published.push(payload);
      const answer = acceptAll(topic, payload);
      if (answer !== null) link.deliver(`${topic}/reply`, answer);
    },
  });
  const random = seededRandom(seed);
  const board = new VirtualBoard({ machineId: 1, clock, link, random });
  board.on((event) => events.push(event));
  const end = new AbortController();
  board.boot();
  const cards = ['0badf00d', 'aabbccdd', '11223344'];
  const scene = playPattern(name, { board, clock, cards, random, signal: end.signal });
  await clock.runUntil(hours * 3_600_000);
  end.abort();
  await scene;
  await board.powerCut();
  const count = (kind: BoardEvent['kind']) => events.filter((it) => it.kind === kind).length;
  const replays = published.filter((text) => text.includes('"replay":true')).length;
  return { published, count, replays };
}

it('idle: nobody comes', async () => {
  const { count } = await play('idle', 1);
  expect(count('card')).toBe(0);
  expect(count('answered')).toBe(120);
});

it('tap: a few uses an hour', async () => {
  const { count, replays } = await play('tap', 8);
  expect(count('started') / 8).toBeGreaterThan(2);
  expect(count('started') / 8).toBeLessThan(20);
  expect(Math.abs(count('started') - count('stopped'))).toBeLessThanOrEqual(1);
  expect(replays).toBe(0);
});

it('busy: one use after the other', async () => {
  const { count } = await play('busy', 1);
  expect(count('started')).toBeGreaterThan(100);
  expect(count('started') - count('stopped')).toBeLessThanOrEqual(1);
});

it('offline: outages, and what was done in them arrives afterwards', async () => {
  const { count, replays } = await play('offline', 4);
  expect(count('connected')).toBeGreaterThan(10);
  expect(replays).toBeGreaterThan(20);
});

it('replay: more of it at once', async () => {
  const { replays } = await play('replay', 4);
  expect(replays).toBeGreaterThan(100);
});

it('mixed: power cuts as well', async () => {
  const { count } = await play('mixed', 24);
  expect(count('power-cut')).toBeGreaterThan(2);
  expect(count('started')).toBeGreaterThan(50);
});

it.each(PATTERN_NAMES)('%s: the same seed gives the same story', async (name) => {
  const [one, other, third] = await Promise.all([play(name, 1), play(name, 1), play(name, 1, 2)]);
  expect(one.published).toEqual(other.published);
  if (name !== 'idle') expect(third.published).not.toEqual(one.published);
});
