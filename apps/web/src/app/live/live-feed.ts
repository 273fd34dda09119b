import { computed, inject, Injectable, signal } from '@angular/core';
import { toIso } from '@fabomatic/kernel';
import { type DashboardView, LiveMessage, type MachineCommandView } from '@fabomatic/machines';
import { Session } from '../auth/session';
import type { AfterRefusal } from './follow-stream';
import { LabClock } from './lab-clock';
import { LabFacts } from './lab-facts';
import { type LiveState, SILENCE_MS } from './live-state';
import { applyLiveMessage, isVisibleChange } from './live-view';
import { parseJson } from './parse-json';
import { SharedStream, type SharedStreamOptions } from './shared-stream';
import { VisibleStream } from './visible-stream';

/** How long what has changed is marked. */
export const MARK_MS = 2000;

/** The lab, live: one stream for all tabs of a browser, which mends itself. */
@Injectable({ providedIn: 'root' })
export class LiveFeed {
  private readonly session = inject(Session);
  private readonly clock = inject(LabClock);
  private readonly facts = inject(LabFacts);

  private readonly current = signal<DashboardView | null>(null);
  private readonly connection = signal<LiveState>({ kind: 'connecting' });
  private readonly markedMachines = signal<ReadonlySet<number>>(new Set());
  private readonly heardCommands = signal<ReadonlyMap<number, MachineCommandView>>(new Map());
  private readonly markedEvents = signal<ReadonlySet<number>>(new Set());

  /** Null until the first snapshot. Kept while the stream is lost. */
  readonly view = this.current.asReadonly();
  readonly state = this.connection.asReadonly();
  readonly lab = this.facts.lab;
  readonly isStale = computed(() => this.connection().kind === 'stale');
  /** Ids of what changed within the last {@link MARK_MS}. */
  readonly changedMachines = this.markedMachines.asReadonly();
  readonly newEvents = this.markedEvents.asReadonly();
  /** The latest remote command of each machine that was heard of. Key: machine id. */
  readonly commands = this.heardCommands.asReadonly();

  private follower: SharedStream | VisibleStream | null = null;

  /** Follows the stream until {@link stop}; a second call changes nothing. */
  start(): void {
    if (this.follower) return;
    const options: SharedStreamOptions = {
      // All tabs of a browser are the same member: whoever logs out does so in all of them.
      name: 'fabomatic.live',
      snapshot: () => this.snapshot(),
      url: '/api/v1/live',
      token: this.session.token,
      silenceMs: SILENCE_MS,
      nowS: () => this.clock.readS(),
      take: (type, data) => this.take(type, data),
      onState: (state) => this.connection.set(state),
      onRefused: (status) => this.afterRefusal(status),
    };
    this.follower = SharedStream.isPossible()
      ? new SharedStream(options)
      : new VisibleStream(options);
  }

  /** Leaves the stream and forgets the lab: the next reader may be another member. */
  stop(): void {
    this.follower?.stop();
    this.follower = null;
    this.current.set(null);
    this.heardCommands.set(new Map());
    this.connection.set({ kind: 'connecting' });
  }

  /** Does not wait for the next try. */
  tryNow(): void {
    this.follower?.tryNow();
  }

  /** A token lasts some minutes; the session lasts until a new one is refused. */
  private async afterRefusal(status: number): Promise<AfterRefusal> {
    if (status !== 401) return 'try again';
    switch (await this.session.renew()) {
      case 'renewed':
        return 'at once';
      case 'unknown':
        return 'try again';
      case 'ended':
        this.session.expire();
        return 'give up';
    }
  }

  /** What another tab of this browser begins with; null while nothing certain is known. */
  private snapshot(): string | null {
    const view = this.current();
    if (view === null || this.connection().kind !== 'live') return null;
    return JSON.stringify({ ...view, serverTime: toIso(this.clock.readS()) });
  }

  /** True when it was a message that we understand. */
  private take(type: string | undefined, data: string): boolean {
    const parsed = LiveMessage.safeParse({ type, data: parseJson(data) });
    if (!parsed.success) return false; // from a newer API: what we do not know does not harm
    const message = parsed.data;
    const before = this.current();
    if (message.type === 'snapshot') {
      this.clock.adjust(message.data.serverTime);
      this.facts.tell(message.data.lab);
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
    this.current.set(applyLiveMessage(before, message));
    return true;
  }

  private noteCommand(command: MachineCommandView): void {
    this.heardCommands.update((known) => new Map(known).set(command.machineId, command));
  }
}

function mark(marks: ReturnType<typeof signal<ReadonlySet<number>>>, id: number): void {
  marks.update((ids) => new Set(ids).add(id));
  setTimeout(() => marks.update((ids) => new Set([...ids].filter((each) => each !== id))), MARK_MS);
}
