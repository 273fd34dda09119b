import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { cardEnding, type CardView, MemberView } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../../frame/icon';
import { ListPage } from '../../frame/list-page/list-page';
import { pagedList } from '../../frame/list-page/paged-list';
import { TimeText } from '../../frame/time-text';

/** Who belongs to the lab, with role and cards. */
@Component({
  selector: 'fab-member-list',
  imports: [Icon, ListPage, TimeText, TranslatePipe],
  templateUrl: './member-list.html',
  styleUrl: '../../frame/list-page/rows.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MemberList {
  /** Query parameter. */
  readonly page = input<string>();
  protected readonly list = pagedList('/api/v1/members', MemberView, this.page);

  /** '··F00D ··1A2B': the cards that open machines, by their last digits. */
  protected endings(cards: readonly CardView[]): string {
    const active = cards.filter((card) => card.revokedAt === null);
    return active.map((card) => `··${cardEnding(card.uid)}`).join(' ');
  }
}
