import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { API_KEY_STATES, ApiKeyListQuery, ApiKeyView } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { Dialogs } from '../../frame/dialog/dialogs';
import { FilterChip } from '../../frame/filter-chip/filter-chip';
import { ListPage } from '../../frame/list-page/list-page';
import { ListColumn, PhoneRow } from '../../frame/list-page/list-templates';
import { pagedList } from '../../frame/list-page/paged-list';
import type { PageAction } from '../../frame/page-action';
import { PhoneLine } from '../../frame/phone-line/phone-line';
import { TimeText } from '../../frame/time-text';
import { Toasts } from '../../frame/toast/toasts';
import { Words } from '../../language/words';
import { SYSTEM_TABS } from '../system-tabs';
import { API_KEYS_URL, apiKeysApi } from './api-keys-api';
import { CurlExample } from './curl-example';

/** Keys by which programs use the REST API: what each may, and when it was used last. */
@Component({
  selector: 'fab-api-key-list',
  imports: [
    CurlExample,
    FilterChip,
    ListColumn,
    ListPage,
    PhoneLine,
    PhoneRow,
    TimeText,
    TranslatePipe,
  ],
  templateUrl: './api-key-list.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ApiKeyList {
  private readonly api = apiKeysApi();
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly words = inject(Words);

  protected readonly tabs = SYSTEM_TABS;
  protected readonly list = pagedList({
    url: API_KEYS_URL,
    item: ApiKeyView,
    filters: ['state'],
    sorts: ['name', 'createdAt', 'expiresAt', 'lastUsedAt'],
    defaultSort: ApiKeyListQuery.parse({}).sort,
  });
  protected readonly newKey: PageAction = {
    label: 'api_keys.new',
    icon: 'add',
    permission: 'admin',
    link: '/system/api-keys/new',
  };
  protected readonly stateOptions = computed(() =>
    API_KEY_STATES.map((value) => ({ value, label: this.words.say(`api_keys.state_${value}`) })),
  );
  protected readonly rowActions = (key: ApiKeyView): PageAction[] => [
    {
      label: 'api_keys.show_uses',
      icon: 'history',
      link: '/system/audit',
      queryParams: { actorKind: 'api-key', actorId: key.id },
    },
    ...(key.state === 'revoked' ? [] : [this.revoking(key)]),
  ];

  /** What goes furthest; two that stand side by side are both named. */
  protected scope({ permissions }: ApiKeyView): string {
    if (permissions.includes('admin')) return this.words.say('api_keys.may_admin');
    const changing = permissions.filter((each) => each !== 'read');
    const told = changing.length === 0 ? permissions : changing;
    return told.map((each) => this.words.say(`api_keys.may_${each}`)).join(', ');
  }

  private revoking(key: ApiKeyView): PageAction {
    return {
      label: 'api_keys.revoke',
      icon: 'disabled',
      permission: 'admin',
      isDanger: true,
      run: () => void this.revoke(key),
    };
  }

  private async revoke({ id, name }: ApiKeyView): Promise<void> {
    const isDone = await this.dialogs.danger({
      title: this.words.say('api_keys.revoke_title', { name }),
      text: this.words.say('api_keys.revoke_text'),
      action: this.words.say('api_keys.revoke'),
      run: () => this.api.remove(id),
    });
    if (!isDone) return;
    this.toasts.show(this.words.say('api_keys.revoked', { name }));
    this.list.reload();
  }
}
