import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { fromIso } from '@fabomatic/kernel';
import { UseView } from '@fabomatic/uses';
import { TranslatePipe } from '@ngx-translate/core';
import { FilterChip } from '../../frame/filter-chip/filter-chip';
import { Icon } from '../../frame/icon';
import { ListPage } from '../../frame/list-page/list-page';
import { ListColumn, PhoneRow } from '../../frame/list-page/list-templates';
import { pagedList } from '../../frame/list-page/paged-list';
import { PhoneLine } from '../../frame/phone-line/phone-line';
import { TimeText } from '../../frame/time-text';
import { Formats } from '../../language/formats';
import { LabClock } from '../../live/lab-clock';
import { MachinesStore } from '../../machines/machines-store';
import { StatusMark } from '../../machines/status-glyph/status-mark';

/** Every use, newest first, of one machine or one member where the URL says so. */
@Component({
  selector: 'fab-use-list',
  imports: [
    FilterChip,
    Icon,
    ListColumn,
    ListPage,
    PhoneLine,
    PhoneRow,
    StatusMark,
    TimeText,
    TranslatePipe,
  ],
  templateUrl: './use-list.html',
  styleUrl: './use-list.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UseList {
  private readonly formats = inject(Formats);
  private readonly clock = inject(LabClock);
  private readonly machines = inject(MachinesStore).machines;
  protected readonly list = pagedList({
    url: '/api/v1/uses',
    item: UseView,
    filters: ['machineId', 'memberId'],
  });

  protected readonly machineOptions = computed(() =>
    this.machines().map(({ view }) => ({ value: String(view.id), label: view.name })),
  );
  /** The filter by member is set from the list of members; its name comes with the uses. */
  protected readonly memberOptions = computed(() => {
    const value = this.list.filters()['memberId'];
    const use = this.list.page()?.items.find(({ memberId }) => String(memberId) === value);
    return value !== undefined && use?.memberName ? [{ value, label: use.memberName }] : [];
  });

  protected duration(use: UseView): string {
    return this.formats.duration(use.durationS ?? this.clock.nowS() - fromIso(use.startedAt));
  }
}
