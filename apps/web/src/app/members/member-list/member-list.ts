import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { cardEnding, type CardView, MemberView } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../../frame/icon';
import { ListPage } from '../../frame/list-page/list-page';
import { ListColumn, PhoneRow } from '../../frame/list-page/list-templates';
import { pagedList } from '../../frame/list-page/paged-list';
import { PhoneLine } from '../../frame/phone-line/phone-line';
import { TimeText } from '../../frame/time-text';

@Component({
  selector: 'fab-member-list',
  imports: [Icon, ListColumn, ListPage, PhoneLine, PhoneRow, RouterLink, TimeText, TranslatePipe],
  templateUrl: './member-list.html',
  styles: `
    .card + .card {
      margin-inline-start: var(--s2);
    }
    .disabled {
      display: flex;
      align-items: center;
      gap: var(--s1);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MemberList {
  protected readonly list = pagedList({ url: '/api/v1/members', item: MemberView });

  /** The cards that open machines, as pages show them: '··6E55'. */
  protected cards(member: MemberView): { id: number; ending: string; label: string }[] {
    const valid = (card: CardView) => card.revokedAt === null;
    return member.cards.filter(valid).map(({ id, uid, label }) => ({
      id,
      ending: `··${cardEnding(uid)}`,
      label: label ?? '',
    }));
  }
}
