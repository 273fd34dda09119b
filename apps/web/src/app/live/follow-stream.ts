import { type LiveState, retryDelayS } from './live-state';
import { readEventStream, StreamRefused } from './event-stream';

/** `at once`: there is a new token. It is not tried at once twice in a row. */
export type AfterRefusal = 'try again' | 'at once' | 'give up';

export interface StreamOptions {
  readonly url: string;
  /** Asked before each try; null when the stream is open to anybody. */
  readonly token: () => string | null;
  readonly silenceMs: number;
  /** The server's time, epoch seconds. */
  readonly nowS: () => number;
  /** True when it was a message that the reader understands. */
  readonly take: (type: string | undefined, data: string) => boolean;
  /** Called for every piece that comes, also for one that says nothing. */
  readonly onHeard?: () => void;
  readonly onState: (state: LiveState) => void;
  /** The server answered with this status instead of a stream. */
  readonly onRefused: (status: number) => AfterRefusal | Promise<AfterRefusal>;
}

/** Follows one stream until it is stopped or refused for good, and mends it whenever it is lost. */
export class StreamFollower {
  private readonly ended = new AbortController();
  private wake: (() => void) | null = null;
  private lastHeardS: number;

  constructor(private readonly options: StreamOptions) {
    this.lastHeardS = options.nowS();
    void this.follow();
  }

  stop(): void {
    this.ended.abort();
    this.wake?.();
  }

  /** Does not wait for the next try. */
  tryNow(): void {
    this.wake?.();
  }

  private async follow(): Promise<void> {
    const { url, token, silenceMs, take, nowS, onRefused, onHeard } = this.options;
    const { signal } = this.ended;
    let failures = 0;
    while (!signal.aborted) {
      try {
        await readEventStream(
          { url, token: token(), signal, silenceMs, ...(onHeard && { onHeard }) },
          ({ event, data }) => {
            if (signal.aborted || !take(event, data)) return;
            failures = 0;
            this.lastHeardS = nowS();
          },
        );
      } catch (error) {
        // A lost network (TypeError), silence (AbortError) and most refusals mean: try again.
        const after = error instanceof StreamRefused ? await onRefused(error.status) : 'try again';
        if (after === 'give up') return;
        if (after === 'at once' && failures === 0) {
          failures = 1;
          continue;
        }
      }
      if (signal.aborted) return;
      failures += 1;
      await this.pause(retryDelayS(failures));
    }
  }

  /** Waits, telling the reader until when; ends early on {@link tryNow}. */
  private async pause(delayS: number): Promise<void> {
    const { onState, nowS } = this.options;
    const sinceS = this.lastHeardS;
    onState({ kind: 'stale', sinceS, nextTryS: nowS() + delayS });
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delayS * 1000);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = null;
    if (!this.ended.signal.aborted) onState({ kind: 'stale', sinceS, nextTryS: null });
  }
}
