import { computed, inject, Injectable } from '@angular/core';
import { type MachineStatus, type MachineView, statusOfView } from '@fabomatic/machines';
import { LabClock } from '../live/lab-clock';
import { LiveFeed } from '../live/live-feed';

export interface MachineNow {
  view: MachineView;
  status: MachineStatus;
}

/** The machines of the live feed, each with the status that it has at this second. */
@Injectable({ providedIn: 'root' })
export class MachinesStore {
  private readonly feed = inject(LiveFeed);
  private readonly clock = inject(LabClock);

  private readonly views = computed(() => this.feed.view()?.machines ?? []);
  private readonly byId = computed(() => new Map(this.views().map((view) => [view.id, view])));

  /**
   * While the stream is lost the statuses stay as they were when it was: a machine that we do not
   * hear of because we are cut off is not offline.
   */
  private readonly statusAtS = computed(() => {
    const state = this.feed.state();
    return state.kind === 'stale' ? state.sinceS : this.clock.nowS();
  });

  readonly machines = computed<MachineNow[]>(() => {
    const atS = this.statusAtS();
    return this.views().map((view) => ({ view, status: statusOfView(view, atS) }));
  });

  /** A machine of a page of the list, as it is now; what the feed does not know stays as it came. */
  now(listed: MachineView): MachineNow {
    const view = this.byId().get(listed.id) ?? listed;
    return { view, status: statusOfView(view, this.statusAtS()) };
  }
}
