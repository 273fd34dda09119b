import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { fromIso } from '@fabomatic/kernel';
import { MachineView } from '@fabomatic/machines';
import { TranslatePipe } from '@ngx-translate/core';
import { ListPage } from '../../frame/list-page/list-page';
import { ListColumn, PhoneRow } from '../../frame/list-page/list-templates';
import { pagedList } from '../../frame/list-page/paged-list';
import { PhoneLine } from '../../frame/phone-line/phone-line';
import { TimeText } from '../../frame/time-text';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { LabClock } from '../../live/lab-clock';
import { LiveFeed } from '../../live/live-feed';
import { HoursMeter } from '../../maintenance/hours-meter/hours-meter';
import { MACHINE_TABS } from '../machine-tabs';
import { MachinesStore } from '../machines-store';
import { StatusGlyph } from '../status-glyph/status-glyph';
import { StatusMark } from '../status-glyph/status-mark';

/** All machines; a page comes from the API, and what moves in it from the live feed. */
@Component({
  selector: 'fab-machine-list',
  imports: [
    HoursMeter,
    ListColumn,
    ListPage,
    PhoneLine,
    PhoneRow,
    StatusGlyph,
    StatusMark,
    TimeText,
    TranslatePipe,
  ],
  templateUrl: './machine-list.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MachineList {
  private readonly words = inject(Words);
  private readonly clock = inject(LabClock);
  protected readonly tabs = MACHINE_TABS;
  protected readonly formats = inject(Formats);
  protected readonly store = inject(MachinesStore);
  protected readonly stale = inject(LiveFeed).isStale;
  protected readonly list = pagedList({ url: '/api/v1/machines', item: MachineView });

  /** '1 h 24 min' of the use that is going on. */
  protected running(startedAt: string): string {
    return this.formats.duration(this.clock.nowS() - fromIso(startedAt));
  }

  protected lastSeen(at: string | null): string {
    if (at === null) return this.words.say('machine.never_seen');
    return this.words.say('machine.last_seen', { ago: this.formats.ago(at, this.clock.nowS()) });
  }

  protected lastUse(at: string): string {
    return this.words.say('machines.last_use', { when: this.formats.when(at, this.clock.nowS()) });
  }

  protected due(plan: NonNullable<MachineView['nearestPlan']>): string {
    const hours = this.formats.planHours(Math.abs(plan.intervalS - plan.elapsedS));
    return this.words.say(plan.isDue ? 'machine.only_over' : 'machine.only_left', { hours });
  }
}
