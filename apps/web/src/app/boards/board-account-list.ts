import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { BOARD_ACCOUNT_SORTS, BOARD_ACCOUNT_STATES, BoardAccountView } from '@fabomatic/boards';
import { TranslatePipe } from '@ngx-translate/core';
import { FilterChip } from '../frame/filter-chip/filter-chip';
import { ListPage } from '../frame/list-page/list-page';
import { ListColumn, PhoneRow } from '../frame/list-page/list-templates';
import { pagedList } from '../frame/list-page/paged-list';
import type { PageAction } from '../frame/page-action';
import { PhoneLine } from '../frame/phone-line/phone-line';
import { TimeText } from '../frame/time-text';
import { Words } from '../language/words';
import { MACHINE_TABS } from '../machines/machine-tabs';
import { BoardAccountActions } from './board-account-actions';
import { BOARD_ACCOUNTS_URL } from './board-accounts-api';

/** What boards log in to the broker with. */
@Component({
  selector: 'fab-board-account-list',
  imports: [FilterChip, ListColumn, ListPage, PhoneLine, PhoneRow, TimeText, TranslatePipe],
  templateUrl: './board-account-list.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BoardAccountList {
  private readonly words = inject(Words);
  private readonly actions = inject(BoardAccountActions);

  protected readonly tabs = MACHINE_TABS;
  protected readonly list = pagedList({
    url: BOARD_ACCOUNTS_URL,
    item: BoardAccountView,
    filters: ['state'],
    sorts: BOARD_ACCOUNT_SORTS,
    defaultSort: 'machine',
  });
  protected readonly states = computed(() =>
    BOARD_ACCOUNT_STATES.map((value) => ({
      value,
      label: this.words.say(`board_accounts.state_${value}`),
    })),
  );
  protected readonly newAccount: PageAction = {
    label: 'board_accounts.new',
    icon: 'add',
    permission: 'machines',
    link: '/boards/accounts/new',
  };
  protected readonly rowLink = ({ id }: BoardAccountView) => ['/machines', id];
  protected readonly rowActions = ({ id, machineName }: BoardAccountView): PageAction[] =>
    this.actions.of({ machineId: id, machineName }, () => this.list.reload());
}
