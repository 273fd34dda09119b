import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { MachineView } from '@fabomatic/machines';
import { TranslatePipe } from '@ngx-translate/core';
import { ListPage } from '../../frame/list-page/list-page';
import { pagedList } from '../../frame/list-page/paged-list';
import { TimeText } from '../../frame/time-text';
import { Formats } from '../../language/formats';
import { LabClock } from '../../live/lab-clock';
import { statusOf } from '../machine-tile/machine-tile';
import { StatusMark } from '../status-glyph/status-mark';

/** All machines with their state, their next maintenance and their hours. */
@Component({
  selector: 'fab-machine-list',
  imports: [ListPage, StatusMark, TimeText, TranslatePipe],
  templateUrl: './machine-list.html',
  styleUrl: '../../frame/list-page/rows.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MachineList {
  protected readonly formats = inject(Formats);
  private readonly clock = inject(LabClock);

  /** Query parameter. */
  readonly page = input<string>();
  protected readonly list = pagedList('/api/v1/machines', MachineView, this.page);

  protected status(machine: MachineView) {
    return statusOf(machine, this.clock.nowS());
  }
}
