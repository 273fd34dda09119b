import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { AUTHORIZATION_SORTS, AuthorizationView } from '@fabomatic/members';
import { Dialogs } from '../../frame/dialog/dialogs';
import { RecordFilterChip } from '../../frame/filter-chip/record-filter-chip';
import { ListPage } from '../../frame/list-page/list-page';
import { ListColumn, PhoneRow } from '../../frame/list-page/list-templates';
import { pagedList } from '../../frame/list-page/paged-list';
import type { BulkAction, PageAction } from '../../frame/page-action';
import { PhoneLine } from '../../frame/phone-line/phone-line';
import { TimeText } from '../../frame/time-text';
import { Undo } from '../../frame/toast/undo';
import { Words } from '../../language/words';
import { MACHINE_SOURCE } from '../../machines/machines-api';
import { MEMBER_SOURCE } from '../../members/member-source';
import { ACCESS_TABS, AUTHORIZATIONS_URL, authorizationsApi } from '../authorizations-api';

/** The same as the matrix, as a list: who got what, and when. */
@Component({
  selector: 'fab-authorization-list',
  imports: [ListColumn, ListPage, PhoneLine, PhoneRow, RecordFilterChip, TimeText],
  template: `
    <fab-list-page
      [list]="list"
      heading="access.list"
      summary="access.list_summary"
      emptyTitle="access.list_empty_title"
      emptyText="access.list_empty_text"
      searchLabel="access.list_search"
      exportUrl="/api/v1/exports/authorizations.xlsx"
      [tabs]="tabs"
      [primary]="toMatrix"
      [rowActions]="rowActions"
      [bulkActions]="bulkActions"
    >
      <fab-record-filter-chip
        filters
        label="access.member"
        name="memberId"
        [list]="list"
        [source]="memberSource"
      />
      <fab-record-filter-chip
        filters
        label="access.machine"
        name="machineId"
        [list]="list"
        [source]="machineSource"
      />
      <ng-template fabColumn="access.member" [of]="list" sort="member" let-each>
        <span class="mid">{{ each.memberName }}</span>
      </ng-template>
      <ng-template fabColumn="access.machine" [of]="list" sort="machine" let-each>
        {{ each.machineName }}
      </ng-template>
      <ng-template fabColumn="access.since" [of]="list" sort="createdAt" let-each>
        <fab-time [at]="each.createdAt" as="date" />
      </ng-template>
      <ng-template [fabPhoneRow]="list" let-each>
        <fab-phone-line>
          <span name>{{ each.memberName }}</span>
          <span what class="ink-2">{{ each.machineName }}</span>
          <span state><fab-time [at]="each.createdAt" as="date" /></span>
        </fab-phone-line>
      </ng-template>
    </fab-list-page>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AuthorizationList {
  private readonly words = inject(Words);
  private readonly dialogs = inject(Dialogs);
  private readonly undo = inject(Undo);
  private readonly api = authorizationsApi();

  protected readonly tabs = ACCESS_TABS;
  protected readonly memberSource = MEMBER_SOURCE;
  protected readonly machineSource = MACHINE_SOURCE;
  protected readonly toMatrix: PageAction = {
    label: 'access.give',
    icon: 'add',
    permission: 'members',
    link: '/access',
  };
  protected readonly list = pagedList({
    url: AUTHORIZATIONS_URL,
    item: AuthorizationView,
    filters: ['memberId', 'machineId'],
    sorts: AUTHORIZATION_SORTS,
    defaultSort: 'member',
  });
  protected readonly bulkActions: readonly BulkAction<AuthorizationView>[] = [
    {
      label: 'access.take_away',
      icon: 'delete',
      permission: 'members',
      isDanger: true,
      run: (chosen) => void this.takeAway(chosen),
    },
  ];
  protected readonly rowActions = (authorization: AuthorizationView): PageAction[] => [
    {
      label: 'plans.show_machine',
      icon: 'machines',
      link: ['/machines', authorization.machineId],
    },
    {
      label: 'access.take_away',
      icon: 'delete',
      permission: 'members',
      isDanger: true,
      run: () => void this.takeAway([authorization]),
    },
  ];

  private async takeAway(chosen: readonly AuthorizationView[]): Promise<void> {
    const pairs = chosen.map(({ memberId, machineId }) => ({ memberId, machineId }));
    const isDone = await this.dialogs.danger({
      title: this.words.count('access.take_title', chosen.length),
      text: chosen
        .slice(0, 5)
        .map(({ memberName, machineName }) => `${memberName}: ${machineName}`)
        .concat(chosen.length > 5 ? ['…'] : [])
        .join(', '),
      action: this.words.say('access.take_away'),
      run: async () => {
        await this.api.bulk({ grant: [], revoke: pairs });
      },
    });
    if (!isDone) return;
    this.list.reload();
    this.undo.offer(this.words.count('access.taken', chosen.length), () =>
      this.api.bulk({ grant: pairs, revoke: [] }),
    );
  }
}
