import { computed, inject, Injectable, signal } from '@angular/core';
import { type DashboardView, LiveMessage, type MachineCommandView } from '@fabomatic/machines';
import { Session } from '../auth/session';
import { readEventStream, StreamRefused } from './event-stream';
import { LabClock } from './lab-clock';
import { applyLiveMessage, isVisibleChange } from './live-view';

/** The API pings every 25 s: two pings missed and a bit more. */
export const SILENCE_MS = 60_000;
export const FIRST_RETRY_S = 1;
export const LONGEST_RETRY_S = 15;
/** How long what has changed is marked. */
export const MARK_MS = 2000;

export type LiveState =
  | { kind: 'connecting' }
  | { kind: 'live' }
  /** `sinceS` is when the last byte came; `nextTryS` is null while it tries. Epoch seconds. */
  | { kind: 'stale'; sinceS: number; nextTryS: number | null };

/** 1, 2, 4, 8, 15, 15, ... seconds after the first, second, ... failure in a row. */
export function retryDelayS(failures: number): number {
  return Math.min(LONGEST_RETRY_S, FIRST_RETRY_S * 2 ** Math.min(failures - 1, 10));
}

/** The lab, live: one stream for the whole app, which mends itself. */
@Injectable({ providedIn: 'root' })
export class LiveFeed {
  private readonly session = inject(Session);
  private readonly clock = inject(LabClock);

  private readonly current = signal<DashboardView | null>(null);
  private readonly connection = signal<LiveState>({ kind: 'connecting' });
  private readonly markedMachines = signal<ReadonlySet<number>>(new Set());
  private readonly heardCommands = signal<ReadonlyMap<number, MachineCommandView>>(new Map());
  private readonly markedEvents = signal<ReadonlySet<number>>(new Set());

  /** Null until the first snapshot. Kept while the stream is lost. */
  readonly view = this.current.asReadonly();
  readonly state = this.connection.asReadonly();
  readonly lab = computed(() => this.current()?.lab ?? null, {
    equal: (a, b) => a?.name === b?.name && a?.timezone === b?.timezone,
  });
  readonly isStale = computed(() => this.connection().kind === 'stale');
  /** Ids of what changed within the last {@link MARK_MS}. */
  readonly changedMachines = this.markedMachines.asReadonly();
  readonly newEvents = this.markedEvents.asReadonly();
  /** The latest remote command of each machine that was heard of. Key: machine id. */
  readonly commands = this.heardCommands.asReadonly();

  private running: AbortController | null = null;
  private wake: (() => void) | null = null;
  private lastHeardS = 0;

  /** Follows the stream until {@link stop}; a second call changes nothing. */
  start(): void {
    if (this.running) return;
    this.running = new AbortController();
    void this.follow(this.running.signal);
  }

  /** Leaves the stream and forgets the lab: the next reader may be another member. */
  stop(): void {
    this.running?.abort();
    this.running = null;
    this.wake?.();
    this.current.set(null);
    this.heardCommands.set(new Map());
    this.connection.set({ kind: 'connecting' });
  }

  /** Does not wait for the next try. */
  tryNow(): void {
    this.wake?.();
  }

  private async follow(signal: AbortSignal): Promise<void> {
    let failures = 0;
    this.lastHeardS = this.clock.readS();
    while (!signal.aborted) {
      if (!this.session.isLoggedIn()) return;
      // No token yet (nobody answered at the start): it is refused, and one is asked for.
      const token = this.session.token() ?? '';
      try {
        await readEventStream(
          { url: '/api/v1/live', token, signal, silenceMs: SILENCE_MS },
          ({ event, data }) => {
            if (this.take(event, data)) failures = 0;
          },
        );
      } catch (error) {
        // A lost network (TypeError), silence (AbortError) and a refusal all mean: try again.
        if (error instanceof StreamRefused && error.status === 401) {
          const renewal = await this.session.renew();
          if (renewal === 'ended') {
            this.session.expire();
            return;
          }
          // With the new token at once: a stream that is opened again is nothing to worry about.
          if (renewal === 'renewed' && failures === 0) {
            failures = 1;
            continue;
          }
        }
      }
      if (signal.aborted) return;
      failures += 1;
      await this.pause(retryDelayS(failures), signal);
    }
  }

  /** Waits, telling the reader until when; ends early on {@link tryNow}. */
  private async pause(delayS: number, signal: AbortSignal): Promise<void> {
    const sinceS = this.lastHeardS;
    this.connection.set({ kind: 'stale', sinceS, nextTryS: this.clock.readS() + delayS });
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delayS * 1000);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = null;
    if (!signal.aborted) this.connection.set({ kind: 'stale', sinceS, nextTryS: null });
  }

  /** True when it was a message that we understand. */
  private take(type: string | undefined, data: string): boolean {
    const parsed = LiveMessage.safeParse({ type, data: parseJson(data) });
    if (!parsed.success) return false; // from a newer API: what we do not know does not harm
    const message = parsed.data;
    const before = this.current();
    if (message.type === 'snapshot') {
      this.clock.adjust(message.data.serverTime);
      this.connection.set({ kind: 'live' });
    }
    if (message.type === 'machine') {
      this.clock.adjust(message.data.serverTime);
      const { machine } = message.data;
      const known = before?.machines.find(({ id }) => id === machine.id);
      if (isVisibleChange(known, machine)) mark(this.markedMachines, machine.id);
    }
    if (message.type === 'event') mark(this.markedEvents, message.data.id);
    if (message.type === 'command') this.noteCommand(message.data);
    this.lastHeardS = this.clock.readS();
    this.current.set(applyLiveMessage(before, message));
    return true;
  }

  private noteCommand(command: MachineCommandView): void {
    this.heardCommands.update((known) => new Map(known).set(command.machineId, command));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON: the schema refuses it
  }
}

function mark(marks: ReturnType<typeof signal<ReadonlySet<number>>>, id: number): void {
  marks.update((ids) => new Set(ids).add(id));
  setTimeout(() => marks.update((ids) => new Set([...ids].filter((each) => each !== id))), MARK_MS);
}
