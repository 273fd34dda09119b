import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { UseView } from '@fabomatic/uses';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../../frame/icon';
import { ListPage } from '../../frame/list-page/list-page';
import { pagedList } from '../../frame/list-page/paged-list';
import { TimeText } from '../../frame/time-text';
import { Formats } from '../../language/formats';
import { StatusMark } from '../../machines/status-glyph/status-mark';

/** What was used, by whom and for how long; newest first. */
@Component({
  selector: 'fab-use-list',
  imports: [Icon, ListPage, StatusMark, TimeText, TranslatePipe],
  templateUrl: './use-list.html',
  styleUrl: '../../frame/list-page/rows.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UseList {
  protected readonly formats = inject(Formats);

  /** Query parameter. */
  readonly page = input<string>();
  protected readonly list = pagedList('/api/v1/uses', UseView, this.page);
}
