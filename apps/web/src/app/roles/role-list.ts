import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { PORTAL_ACCESS, ROLE_SORTS, RoleView } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../auth/current-member';
import { FilterChip } from '../frame/filter-chip/filter-chip';
import { Icon } from '../frame/icon';
import { ListPage } from '../frame/list-page/list-page';
import { ListColumn, PhoneRow } from '../frame/list-page/list-templates';
import { pagedList } from '../frame/list-page/paged-list';
import type { PageAction } from '../frame/page-action';
import { PhoneLine } from '../frame/phone-line/phone-line';
import { Formats } from '../language/formats';
import { Words } from '../language/words';
import { memberTabs } from '../members/member-tabs';
import { RoleDeletion } from './role-deletion';
import { ROLES_URL } from './roles-api';

/** What groups of members may do, at the machines and in the portal. */
@Component({
  selector: 'fab-role-list',
  imports: [FilterChip, Icon, ListColumn, ListPage, PhoneLine, PhoneRow, TranslatePipe],
  templateUrl: './role-list.html',
  styles: `
    .name {
      display: inline-flex;
      align-items: center;
      gap: var(--s2);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RoleList {
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);
  private readonly member = inject(CurrentMember);
  private readonly deletion = inject(RoleDeletion);

  protected readonly tabs = memberTabs();
  protected readonly list = pagedList({
    url: ROLES_URL,
    item: RoleView,
    filters: ['portalAccess'],
    sorts: ROLE_SORTS,
    defaultSort: 'name',
  });
  protected readonly newRole: PageAction = {
    label: 'roles.new',
    icon: 'add',
    permission: 'admin',
    link: '/roles/new',
  };
  // i18n-keys: roles.portal_none roles.portal_read-only roles.portal_members roles.portal_machines roles.portal_admin
  protected readonly accessOptions = computed(() =>
    PORTAL_ACCESS.map((value) => ({ value, label: this.words.say(`roles.portal_${value}`) })),
  );
  /** For those who may change roles; for others a row leads nowhere. */
  protected readonly rowLink = computed(() =>
    this.member.may('admin') ? ({ id }: RoleView) => ['/roles', id] : undefined,
  );
  protected readonly rowActions = (role: RoleView): PageAction[] => [
    {
      label: 'roles.show_members',
      icon: 'members',
      link: '/members',
      queryParams: { roleId: role.id },
    },
    ...(role.reserved
      ? []
      : [
          {
            label: 'dialog.delete',
            icon: 'delete',
            permission: 'admin',
            isDanger: true,
            run: () => void this.delete(role),
          } satisfies PageAction,
        ]),
  ];

  protected members({ members }: RoleView): string {
    return this.words.count('members.summary', members, { n: this.formats.number(members) });
  }

  private async delete(role: RoleView): Promise<void> {
    if (await this.deletion.delete(role)) this.list.reload();
  }
}
