import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { DashboardView } from '@fabomatic/machines';
import { Session } from '../auth/session';
import { machineView } from '../machines/machine-view.fixture';
import { LiveFeed, MARK_MS } from './live-feed';
import { retryDelayS, SILENCE_MS } from './live-state';

/** A response whose body the test writes. */
class FakeStream {
  private readonly waiting: ((chunk: ReadableStreamReadResult<Uint8Array>) => void)[] = [];
  private readonly chunks: ReadableStreamReadResult<Uint8Array>[] = [];
  isCancelled = false;

  readonly response = {
    ok: true,
    status: 200,
    body: {
      getReader: () => ({
        read: () =>
          new Promise((resolve) => {
            const chunk = this.chunks.shift();
            if (chunk) resolve(chunk);
            else this.waiting.push(resolve);
          }),
        cancel: () => {
          this.isCancelled = true;
          this.push({ done: true, value: undefined });
          return Promise.resolve();
        },
      }),
    },
  };

  send(type: string, data: unknown): void {
    this.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  write(text: string): void {
    this.push({ done: false, value: new Uint8Array(Buffer.from(text)) });
  }

  end(): void {
    this.push({ done: true, value: undefined });
  }

  private push(chunk: ReadableStreamReadResult<Uint8Array>): void {
    const reader = this.waiting.shift();
    if (reader) reader(chunk);
    else this.chunks.push(chunk);
  }
}

const START = Date.parse('2026-11-24T12:00:00.000Z');
const lab = (name: string): DashboardView => ({
  serverTime: new Date().toISOString(),
  lab: { name, timezone: 'Europe/Rome' },
  broker: { connected: true, since: '2026-11-24T08:00:00.000Z' },
  hasTv: false,
  today: { uses: 0, durationS: 0 },
  machines: [machineView()],
  events: [],
  dueNext: [],
});

const expire = jest.fn();
const renew = jest.fn();
const fetchMock = jest.fn();
let feed: LiveFeed;

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
function answerWith(): FakeStream {
  const stream = new FakeStream();
  fetchMock.mockResolvedValueOnce(stream.response);
  return stream;
}

beforeEach(() => {
  jest.useFakeTimers({ now: START });
  fetchMock.mockReset().mockRejectedValue(new TypeError('Failed to fetch'));
  expire.mockReset();
  renew.mockReset().mockResolvedValue('ended');
  globalThis.fetch = fetchMock;
  TestBed.configureTestingModule({
    providers: [
      {
        provide: Session,
        useValue: { token: signal('secret'), isLoggedIn: signal(true), expire, renew },
      },
    ],
  });
  feed = TestBed.inject(LiveFeed);
});

afterEach(() => {
  feed.stop();
  jest.useRealTimers();
});

test('is live with the first snapshot, and sends the token', async () => {
  const stream = answerWith();
  feed.start();
  await pass(0);
  expect(feed.state()).toEqual({ kind: 'connecting' });
  stream.send('snapshot', lab('Lago'));
  await pass(0);
  expect(feed.state()).toEqual({ kind: 'live' });
  expect(feed.lab()?.name).toBe('Lago');
  expect(fetchMock.mock.calls[0]?.[1].headers.Authorization).toBe('Bearer secret');
});

test('a message in two pieces is one message', async () => {
  const stream = answerWith();
  feed.start();
  const text = `event: snapshot\ndata: ${JSON.stringify(lab('Lago'))}\n\n`;
  stream.write(text.slice(0, 40));
  await pass(0);
  expect(feed.view()).toBeNull();
  stream.write(text.slice(40));
  await pass(0);
  expect(feed.view()?.lab.name).toBe('Lago');
});

test('what it does not understand does no harm', async () => {
  const stream = answerWith();
  feed.start();
  stream.send('snapshot', lab('Lago'));
  stream.send('weather', { sun: true });
  stream.write('event: machine\ndata: {broken\n\n');
  await pass(0);
  expect(feed.state()).toEqual({ kind: 'live' });
  expect(feed.view()?.machines).toHaveLength(1);
});

test('marks a changed machine for two seconds, and a heartbeat not at all', async () => {
  const stream = answerWith();
  feed.start();
  stream.send('snapshot', lab('Lago'));
  const totals = { today: { uses: 0, durationS: 0 }, dueNext: [] };
  const serverTime = new Date(START).toISOString();
  stream.send('machine', { machine: machineView({ hoursS: 7200 }), ...totals, serverTime });
  await pass(0);
  expect(feed.changedMachines().size).toBe(0);
  stream.send('machine', { machine: machineView({ blocked: true }), ...totals, serverTime });
  await pass(0);
  expect([...feed.changedMachines()]).toEqual([1]);
  await pass(MARK_MS);
  expect(feed.changedMachines().size).toBe(0);
});

test('a lost stream is stale since its last byte, keeps the lab, and comes back by itself', async () => {
  const first = answerWith();
  feed.start();
  first.send('snapshot', lab('Lago'));
  await pass(10_000);
  first.end();
  await pass(0);
  expect(feed.state()).toEqual({
    kind: 'stale',
    sinceS: START / 1000,
    nextTryS: START / 1000 + 11,
  });
  expect(feed.lab()?.name).toBe('Lago');

  const second = answerWith();
  await pass(1000);
  second.send('snapshot', lab('Renamed'));
  await pass(0);
  expect(feed.state()).toEqual({ kind: 'live' });
  expect(feed.lab()?.name).toBe('Renamed');
});

test('a stream without a byte for a minute is lost; a ping keeps it', async () => {
  const stream = answerWith();
  feed.start();
  stream.send('snapshot', lab('Lago'));
  await pass(SILENCE_MS - 1000);
  stream.write(': ping\n\n');
  await pass(SILENCE_MS - 1000);
  expect(feed.state().kind).toBe('live');
  await pass(1000);
  expect(feed.state().kind).toBe('stale');
  expect(stream.isCancelled).toBe(true);
});

test('tries more and more seldom, at least every 15 s, and at once when asked', async () => {
  expect([1, 2, 3, 4, 5, 6, 60].map(retryDelayS)).toEqual([1, 2, 4, 8, 15, 15, 15]);
  feed.start();
  await pass(0);
  expect(fetchMock).toHaveBeenCalledTimes(1);
  await pass(1000);
  expect(fetchMock).toHaveBeenCalledTimes(2);
  await pass(1999);
  expect(fetchMock).toHaveBeenCalledTimes(2);
  await pass(1);
  expect(fetchMock).toHaveBeenCalledTimes(3);
  feed.tryNow();
  await pass(0);
  expect(fetchMock).toHaveBeenCalledTimes(4);
});

test('a token that is no longer taken ends the session instead of trying again', async () => {
  fetchMock.mockReset().mockResolvedValue({ ok: false, status: 401, body: null });
  feed.start();
  await pass(60_000);
  expect(expire).toHaveBeenCalledTimes(1);
  expect(fetchMock).toHaveBeenCalledTimes(1);
});

test('stopped, it forgets the lab and does not try again', async () => {
  const stream = answerWith();
  feed.start();
  stream.send('snapshot', lab('Lago'));
  await pass(0);
  feed.stop();
  await pass(60_000);
  expect(feed.view()).toBeNull();
  expect(fetchMock).toHaveBeenCalledTimes(1);
});

test('a token that is too old is renewed, and the stream goes on without a word', async () => {
  renew.mockResolvedValue('renewed');
  fetchMock.mockResolvedValueOnce({ ok: false, status: 401, body: null });
  const stream = answerWith();
  feed.start();
  await pass(0);
  stream.send('snapshot', lab('Lago'));
  await pass(0);
  expect(feed.state()).toEqual({ kind: 'live' });
  expect([renew.mock.calls.length, expire.mock.calls.length]).toEqual([1, 0]);
});

test('a renewal that nobody answers does not log anybody out', async () => {
  renew.mockResolvedValue('unknown');
  fetchMock.mockReset().mockResolvedValue({ ok: false, status: 401, body: null });
  feed.start();
  await pass(0);
  expect(feed.state()).toMatchObject({ kind: 'stale' });
  expect(expire).not.toHaveBeenCalled();
});
