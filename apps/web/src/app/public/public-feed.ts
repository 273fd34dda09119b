import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import { fromIso } from '@fabomatic/kernel';
import {
  machineStatus,
  type MachineStatus,
  type PublicLabView,
  type PublicMachineView,
  PublicMessage,
} from '@fabomatic/machines';
import { StreamFollower } from '../live/follow-stream';
import { LabClock } from '../live/lab-clock';
import { LabFacts } from '../live/lab-facts';
import { type LiveState, SILENCE_MS } from '../live/live-state';
import { parseJson } from '../live/parse-json';
import { applyPublicMessage } from './public-view';

export interface PublicMachineNow {
  view: PublicMachineView;
  status: MachineStatus;
}

/** The lab as anybody may see it, live, for as long as the page that provides it is open. */
@Injectable()
export class PublicFeed {
  private readonly clock = inject(LabClock);
  private readonly facts = inject(LabFacts);

  private readonly current = signal<PublicLabView | null>(null);
  private readonly connection = signal<LiveState>({ kind: 'connecting' });
  private readonly off = signal(false);
  private readonly heardS = signal<number | null>(null);

  /** Null until the first snapshot. Kept while the stream is lost. */
  readonly view = this.current.asReadonly();
  readonly state = this.connection.asReadonly();
  /** The settings do not show it to anybody. */
  readonly isOff = this.off.asReadonly();
  /** When the last message came, epoch seconds of the server. */
  readonly lastMessageS = this.heardS.asReadonly();

  /** Since when nothing is known (epoch seconds); null while live. */
  readonly staleSinceS = computed(() => {
    const state = this.connection();
    return state.kind === 'stale' ? state.sinceS : null;
  });

  /** A lost stream says nothing about machines: they stay as they were when it was lost. */
  readonly machines = computed<PublicMachineNow[]>(() => {
    const atS = this.staleSinceS() ?? this.clock.nowS();
    return (this.current()?.machines ?? []).map((view) => ({ view, status: statusOf(view, atS) }));
  });

  constructor() {
    const follower = new StreamFollower({
      url: '/api/v1/public/live',
      token: () => null,
      silenceMs: SILENCE_MS,
      nowS: () => this.clock.readS(),
      take: (type, data) => this.take(type, data),
      onState: (state) => this.connection.set(state),
      onRefused: (status) => {
        // Whoever turns it on later need not touch the screen on the wall.
        if (status === 404) this.off.set(true);
        return 'try again';
      },
    });
    inject(DestroyRef).onDestroy(() => follower.stop());
  }

  /** True when it was a message that we understand. */
  private take(type: string | undefined, data: string): boolean {
    const parsed = PublicMessage.safeParse({ type, data: parseJson(data) });
    if (!parsed.success) return false; // from a newer API
    const message = parsed.data;
    if (message.type !== 'broker') this.clock.adjust(message.data.serverTime);
    if (message.type === 'snapshot') {
      this.facts.tell(message.data.lab);
      this.connection.set({ kind: 'live' });
      this.off.set(false);
    }
    this.heardS.set(this.clock.readS());
    this.current.set(applyPublicMessage(this.current(), message));
    return true;
  }
}

function statusOf(view: PublicMachineView, nowS: number): MachineStatus {
  return machineStatus(
    {
      inUse: view.use !== null,
      blocked: view.blocked,
      maintenanceDue: view.duePlans > 0,
      lastSeenAtS: view.lastSeenAt === null ? null : fromIso(view.lastSeenAt),
    },
    nowS,
  );
}
