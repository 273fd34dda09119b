import { HttpClient } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { BOARD_SORTS, BoardView } from '@fabomatic/boards';
import { TranslatePipe } from '@ngx-translate/core';
import { firstValueFrom } from 'rxjs';
import { Dialogs } from '../frame/dialog/dialogs';
import { FilterChip } from '../frame/filter-chip/filter-chip';
import { RecordFilterChip } from '../frame/filter-chip/record-filter-chip';
import { ListPage } from '../frame/list-page/list-page';
import { ListColumn, PhoneRow } from '../frame/list-page/list-templates';
import { pagedList } from '../frame/list-page/paged-list';
import type { PageAction } from '../frame/page-action';
import { PhoneLine } from '../frame/phone-line/phone-line';
import { TimeText } from '../frame/time-text';
import { Toasts } from '../frame/toast/toasts';
import { Formats } from '../language/formats';
import { Words } from '../language/words';
import { MACHINE_TABS } from '../machines/machine-tabs';
import { MACHINE_SOURCE } from '../machines/machines-api';
import { BoardAccountActions } from './board-account-actions';

const BOARDS_URL = '/api/v1/boards';

/** The boards that have spoken. They enter themselves; old ones can be taken off the list. */
@Component({
  selector: 'fab-board-list',
  imports: [
    FilterChip,
    ListColumn,
    ListPage,
    PhoneLine,
    PhoneRow,
    RecordFilterChip,
    TimeText,
    TranslatePipe,
  ],
  templateUrl: './board-list.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BoardList {
  private readonly http = inject(HttpClient);
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);
  private readonly accounts = inject(BoardAccountActions);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);

  protected readonly tabs = MACHINE_TABS;
  protected readonly machineSource = MACHINE_SOURCE;
  protected readonly list = pagedList({
    url: BOARDS_URL,
    item: BoardView,
    filters: ['online', 'machineId'],
    sorts: BOARD_SORTS,
    defaultSort: 'machine',
  });
  protected readonly onlineOptions = computed(() => [
    { value: 'true', label: this.words.say('boards.online') },
    { value: 'false', label: this.words.say('boards.silent') },
  ]);
  protected readonly rowLink = ({ machineId }: BoardView) => ['/machines', machineId];
  protected readonly rowActions = (board: BoardView): PageAction[] => [
    ...this.accountActions(board),
    {
      label: 'boards.remove',
      icon: 'delete',
      permission: 'machines',
      isDanger: true,
      run: () => void this.remove(board),
    },
  ];

  private accountActions(board: BoardView): PageAction[] {
    switch (board.account) {
      case 'off':
        return [];
      case 'none':
        return [
          {
            label: 'board_accounts.make',
            icon: 'password',
            permission: 'machines',
            link: '/boards/accounts/new',
            queryParams: { machineId: board.machineId },
          },
        ];
      default:
        return this.accounts.of(board, () => this.list.reload());
    }
  }

  protected memory({ heapBytes }: BoardView): string {
    if (heapBytes === null) return '';
    return `${this.formats.number(heapBytes / 1024)}\u00a0kB`;
  }

  private async remove(board: BoardView): Promise<void> {
    const name = board.serial ?? board.ip;
    const isDone = await this.dialogs.danger({
      title: this.words.say('boards.remove_title', { name }),
      text: this.words.say('boards.remove_text'),
      action: this.words.say('boards.remove'),
      run: async () => {
        await firstValueFrom(this.http.delete(`${BOARDS_URL}/${board.id}`));
      },
    });
    if (!isDone) return;
    this.toasts.show(this.words.say('toast.deleted', { name }));
    this.list.reload();
  }
}
