import * as z from 'zod';
import { StreamFollower, type StreamOptions } from './follow-stream';
import { LiveState, SILENCE_MS } from './live-state';

/** A leader answers at once; one that does not is asleep, and another tab takes over. */
export const ANSWER_MS = 3000;

export interface SharedStreamOptions extends StreamOptions {
  /** Tabs with the same name share a stream. */
  readonly name: string;
  /** What a tab that joins is told first: the data of a snapshot, null before there was one. */
  readonly snapshot: () => string | null;
}

/** What tabs tell each other. Checked: a tab may still run an older version of this app. */
const TabMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hello'), from: z.string() }),
  z.object({ kind: z.literal('snapshot'), to: z.string(), data: z.string() }),
  z.object({ kind: z.literal('message'), type: z.string().optional(), data: z.string() }),
  z.object({ kind: z.literal('state'), state: LiveState }),
  z.object({ kind: z.literal('heard') }),
  z.object({ kind: z.literal('try-now') }),
]);
type TabMessage = z.infer<typeof TabMessage>;

/**
 * One stream for all tabs of a browser: over HTTP/1.1 it opens six connections to a server, and
 * every stream holds one (docs/decisions/0015-one-live-stream-per-browser.md). Whoever has the lock
 * leads: it follows the stream and tells the others. When it is closed the browser gives the lock
 * to the next one; when it sleeps, a tab that asked in vain takes the lock.
 */
export class SharedStream {
  private readonly id = crypto.randomUUID();
  private readonly channel: BroadcastChannel;
  private readonly ended = new AbortController();
  private leading: { follower: StreamFollower; release: () => void } | null = null;
  private watchdog: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: SharedStreamOptions) {
    this.channel = new BroadcastChannel(options.name);
    this.channel.onmessage = ({ data }: MessageEvent<unknown>) => this.hear(data);
    document.addEventListener('visibilitychange', this.checkWhenSeen);
    void this.queue({ signal: this.ended.signal });
    this.sayHello();
  }

  /** Web Locks exist in secure contexts only: with HTTPS, and on this computer. */
  static isPossible(): boolean {
    return 'locks' in navigator && typeof BroadcastChannel !== 'undefined';
  }

  stop(): void {
    clearTimeout(this.watchdog);
    document.removeEventListener('visibilitychange', this.checkWhenSeen);
    this.ended.abort();
    this.resign();
    this.channel.close();
  }

  tryNow(): void {
    if (this.leading) this.leading.follower.tryNow();
    else this.tell({ kind: 'try-now' });
  }

  /** Waits for the lock, and leads for as long as it is ours. */
  private async queue(how: { signal: AbortSignal } | { steal: true }): Promise<void> {
    try {
      await navigator.locks.request(this.options.name, how, () =>
        this.ended.signal.aborted ? undefined : this.lead(),
      );
    } catch (error) {
      // AbortError: another tab took the lock since we did not answer, or we have stopped.
      if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
    }
    this.resign();
    if (this.ended.signal.aborted) return;
    // The lock was taken from us: behind the others again, unless we still wait there.
    if (!('steal' in how)) void this.queue(how);
    this.sayHello();
  }

  private lead(): Promise<void> {
    clearTimeout(this.watchdog);
    const { take, onState, onHeard } = this.options;
    return new Promise((release) => {
      const follower = new StreamFollower({
        ...this.options,
        take: (type, data) => {
          const isUnderstood = take(type, data);
          if (isUnderstood) this.tell({ kind: 'message', type, data });
          return isUnderstood;
        },
        onState: (state) => {
          onState(state);
          this.tell({ kind: 'state', state });
        },
        onHeard: () => {
          onHeard?.();
          this.tell({ kind: 'heard' });
        },
      });
      this.leading = { follower, release };
    });
  }

  private resign(): void {
    this.leading?.follower.stop();
    this.leading?.release();
    this.leading = null;
  }

  private hear(data: unknown): void {
    const parsed = TabMessage.safeParse(data);
    if (!parsed.success || this.ended.signal.aborted) return;
    const message = parsed.data;
    if (this.leading) this.answer(message);
    else this.follow(message);
  }

  private answer(message: TabMessage): void {
    if (message.kind === 'try-now') this.leading?.follower.tryNow();
    if (message.kind !== 'hello') return;
    const data = this.options.snapshot();
    this.tell(data === null ? { kind: 'heard' } : { kind: 'snapshot', to: message.from, data });
  }

  private follow(message: TabMessage): void {
    if (message.kind === 'hello' || message.kind === 'try-now') return;
    this.watch(SILENCE_MS);
    if (message.kind === 'message') this.options.take(message.type, message.data);
    if (message.kind === 'snapshot' && message.to === this.id)
      this.options.take('snapshot', message.data);
    if (message.kind === 'state') this.options.onState(message.state);
  }

  private tell(message: TabMessage): void {
    if (!this.ended.signal.aborted) this.channel.postMessage(message);
  }

  private readonly checkWhenSeen = () => {
    if (!document.hidden && !this.leading) this.sayHello();
  };

  /** Asks for the state of the lab. A leader that does not answer has lost its office. */
  private sayHello(): void {
    if (this.leading) return;
    this.tell({ kind: 'hello', from: this.id });
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => {
      if (!this.leading) void this.queue({ steal: true });
    }, ANSWER_MS);
  }

  private watch(silenceMs: number): void {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => this.sayHello(), silenceMs);
  }
}
