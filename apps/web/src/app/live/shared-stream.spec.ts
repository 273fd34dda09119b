import { SILENCE_MS } from './live-state';
import { ANSWER_MS, SharedStream } from './shared-stream';
import type { StreamOptions } from './follow-stream';

const opened: FakeFollower[] = [];
class FakeFollower {
  isStopped = false;
  wasAsked = false;
  constructor(readonly options: StreamOptions) {
    opened.push(this);
  }
  stop(): void {
    this.isStopped = true;
  }
  tryNow(): void {
    this.wasAsked = true;
  }
}
jest.mock('./follow-stream', () => ({
  StreamFollower: jest.fn((options: StreamOptions) => new FakeFollower(options)),
}));

/** The lock of one name, as the browser keeps it. */
class FakeLocks {
  private holder: { reject: (error: unknown) => void } | null = null;
  private readonly waiting: (() => void)[] = [];

  request(
    _name: string,
    how: { steal?: boolean; signal?: AbortSignal },
    callback: () => Promise<void> | undefined,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const grant = () => {
        const mine = { reject };
        this.holder = mine;
        void Promise.resolve(callback()).then(() => {
          resolve();
          if (this.holder !== mine) return;
          this.holder = null;
          this.waiting.shift()?.();
        });
      };
      const abort = () => reject(new DOMException('gone', 'AbortError'));
      if (how.steal) {
        this.holder?.reject(new DOMException('stolen', 'AbortError'));
        grant();
      } else if (this.holder === null) grant();
      else {
        this.waiting.push(grant);
        how.signal?.addEventListener('abort', () => {
          if (this.waiting.includes(grant)) this.waiting.splice(this.waiting.indexOf(grant), 1);
          abort();
        });
      }
    });
  }
}

const channels = new Set<FakeChannel>();
class FakeChannel {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  isAsleep = false;
  constructor() {
    channels.add(this);
  }
  postMessage(data: unknown): void {
    for (const other of channels)
      if (other !== this && !other.isAsleep)
        queueMicrotask(() => other.onmessage?.({ data: structuredClone(data) }));
  }
  close(): void {
    channels.delete(this);
  }
}

class Tab {
  readonly taken: string[] = [];
  readonly states: string[] = [];
  readonly channel: FakeChannel;
  readonly stream: SharedStream;

  constructor(readonly name: string) {
    const before = new Set(channels);
    this.stream = new SharedStream({
      name: 'lab',
      url: '/live',
      token: () => null,
      silenceMs: SILENCE_MS,
      nowS: () => 0,
      snapshot: () => (this.taken.length > 0 ? `state of ${this.name}` : null),
      take: (type, data) => {
        this.taken.push(`${type} ${data}`);
        return true;
      },
      onState: ({ kind }) => this.states.push(kind),
      onRefused: () => 'try again',
    });
    const [mine] = [...channels].filter((each) => !before.has(each));
    if (!mine) throw new Error('no channel');
    this.channel = mine;
  }
}

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
const running = () => opened.filter(({ isStopped }) => !isStopped);
let tabs: Tab[] = [];
async function open(...names: string[]): Promise<Tab[]> {
  for (const name of names) {
    tabs.push(new Tab(name));
    await pass(0);
  }
  return tabs;
}

beforeEach(() => {
  jest.useFakeTimers();
  opened.length = 0;
  channels.clear();
  tabs = [];
  Object.defineProperty(navigator, 'locks', { value: new FakeLocks(), configurable: true });
  Object.defineProperty(globalThis, 'BroadcastChannel', {
    value: FakeChannel,
    configurable: true,
  });
  let id = 0;
  Object.defineProperty(globalThis.crypto, 'randomUUID', {
    value: () => `tab-${id++}`,
    configurable: true,
  });
  globalThis.structuredClone ??= (value: unknown) => JSON.parse(JSON.stringify(value));
});
afterEach(() => {
  for (const { stream } of tabs) stream.stop();
  jest.useRealTimers();
});

test('seven tabs have one stream, and all hear what it says', async () => {
  await open('1', '2', '3', '4', '5', '6', '7');
  expect(running()).toHaveLength(1);
  opened[0]?.options.take('machine', '{}');
  opened[0]?.options.onState({ kind: 'stale', sinceS: 1, nextTryS: null });
  await pass(0);
  for (const tab of tabs) expect([tab.taken, tab.states]).toEqual([['machine {}'], ['stale']]);
});

test('a tab that joins is told the state at once, and only that tab', async () => {
  const [first] = await open('first');
  opened[0]?.options.take('snapshot', '{}');
  await open('second', 'third');
  expect(tabs.map(({ taken }) => taken)).toEqual([
    ['snapshot {}'],
    ['snapshot state of first'],
    ['snapshot state of first'],
  ]);
  expect(first?.states).toEqual([]);
});

test('when the leader is closed the next one follows the stream', async () => {
  const [first] = await open('first', 'second', 'third');
  first?.stream.stop();
  await pass(0);
  expect(opened[0]?.isStopped).toBe(true);
  expect(running()).toHaveLength(1);
  running()[0]?.options.take('machine', '{}');
  await pass(0);
  expect(tabs.map(({ taken }) => taken.length)).toEqual([0, 1, 1]);
});

test('a leader that sleeps is replaced, and follows when it wakes up', async () => {
  const [first, second] = await open('first', 'second');
  if (first) first.channel.isAsleep = true;
  await pass(SILENCE_MS + ANSWER_MS);
  expect(running()).toHaveLength(1);
  expect(opened[0]?.isStopped).toBe(true);
  if (first) first.channel.isAsleep = false;
  running()[0]?.options.take('machine', '{}');
  await pass(0);
  expect([first?.taken, second?.taken]).toEqual([['machine {}'], ['machine {}']]);
  await pass(SILENCE_MS * 3);
  expect(opened).toHaveLength(2);
});

test('a quiet lab is no reason to replace the leader', async () => {
  await open('first', 'second');
  for (let n = 0; n < 10; n++) {
    opened[0]?.options.onHeard?.();
    await pass(25_000);
  }
  expect(opened).toHaveLength(1);
});

test('any tab may ask to try at once', async () => {
  const [, second] = await open('first', 'second');
  second?.stream.tryNow();
  await pass(0);
  expect(opened[0]?.wasAsked).toBe(true);
});
