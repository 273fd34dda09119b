import { httpResource } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import {
  ErasureView,
  MEMBER_SORTS,
  MEMBER_STATUSES,
  MEMBERSHIP_STATES,
  MemberView,
} from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../../auth/current-member';
import { ActionButton } from '../../frame/action-button/action-button';
import { FilterChip } from '../../frame/filter-chip/filter-chip';
import { Icon } from '../../frame/icon';
import { ListPage } from '../../frame/list-page/list-page';
import { ListColumn, PhoneRow } from '../../frame/list-page/list-templates';
import { pagedList } from '../../frame/list-page/paged-list';
import type { BulkAction, PageAction } from '../../frame/page-action';
import { PhoneLine } from '../../frame/phone-line/phone-line';
import { TimeText } from '../../frame/time-text';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { LiveFeed } from '../../live/live-feed';
import { StatusGlyph } from '../../machines/status-glyph/status-glyph';
import { allRoles } from '../../roles/roles-api';
import { shortCard } from '../card-text';
import { MemberActions } from '../member-actions';
import { MemberErasure } from '../member-erasure';
import { memberTabs } from '../member-tabs';
import { MEMBERS_URL, nameOf, validCards } from '../members-api';
import { PasswordLinks } from '../password-link/password-links';
import { Banner } from '../../system/banner';

/** The people of the lab: what they may use, when they last did, and their cards. */
@Component({
  selector: 'fab-member-list',
  imports: [
    ActionButton,
    Banner,
    FilterChip,
    Icon,
    ListColumn,
    ListPage,
    PhoneLine,
    PhoneRow,
    StatusGlyph,
    TimeText,
    TranslatePipe,
  ],
  templateUrl: './member-list.html',
  styles: `
    .card + .card {
      margin-inline-start: var(--s2);
    }
    .with-icon {
      display: flex;
      align-items: center;
      gap: var(--s1);
    }
    .ended {
      color: var(--maint-ink);
    }
    .now {
      color: var(--use-ink);
      font-weight: var(--w-mid);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MemberList {
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);
  private readonly actions = inject(MemberActions);
  private readonly erasure = inject(MemberErasure);
  private readonly links = inject(PasswordLinks);
  private readonly current = inject(CurrentMember);
  private readonly feed = inject(LiveFeed);
  private readonly roles = allRoles();

  protected readonly nameOf = nameOf;
  protected readonly tabs = memberTabs();
  protected readonly list = pagedList({
    url: MEMBERS_URL,
    item: MemberView,
    filters: ['roleId', 'status', 'machineId', 'hasCard', 'membership', 'hasConsent'],
    sorts: MEMBER_SORTS,
    defaultSort: 'name',
  });
  protected readonly importTable: PageAction = {
    label: 'member_import.action',
    permission: 'members',
    link: '/members/import',
  };
  protected readonly newMember: PageAction = {
    label: 'members.new',
    icon: 'add-member',
    permission: 'members',
    link: '/members/new',
  };

  protected readonly roleOptions = computed(() =>
    this.roles()
      .filter(({ assignable }) => assignable)
      .map(({ id, name }) => ({ value: String(id), label: name })),
  );
  // i18n-keys: members.active members.disabled members.deleted
  protected readonly statusOptions = computed(() =>
    MEMBER_STATUSES.map((value) => ({ value, label: this.words.say(`members.${value}`) })),
  );
  protected readonly machineOptions = computed(() =>
    (this.feed.view()?.machines ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
  );
  protected readonly cardOptions = computed(() => [
    { value: 'true', label: this.words.say('members.with_card') },
    { value: 'false', label: this.words.say('members.no_card') },
  ]);

  // i18n-keys: erasure.state_current erasure.state_ended erasure.state_erasable
  protected readonly membershipOptions = computed(() =>
    MEMBERSHIP_STATES.map((value) => ({ value, label: this.words.say(`erasure.state_${value}`) })),
  );
  protected readonly consentOptions = computed(() => [
    { value: 'true', label: this.words.say('erasure.with_consent') },
    { value: 'false', label: this.words.say('erasure.no_consent') },
  ]);

  private readonly showsErasable = computed(() => this.list.filters()['membership'] === 'erasable');
  private readonly erasable = httpResource(
    () => (this.current.may('admin') ? `${MEMBERS_URL}/erasure` : undefined),
    { parse: (raw) => ErasureView.parse(raw) },
  );
  /** Whom somebody should think about; null while they are what the list shows. */
  protected readonly proposal = computed(() => {
    const view = this.erasable.hasValue() ? this.erasable.value() : null;
    if (view === null || view.afterDays === null || view.erasable === 0) return null;
    if (this.showsErasable()) return null;
    return this.words.count('erasure.banner', view.erasable, {
      n: this.formats.number(view.erasable),
      days: this.formats.number(view.afterDays),
    });
  });
  protected readonly showErasable: readonly PageAction[] = [
    { label: 'erasure.show', link: '/members', queryParams: { membership: 'erasable' } },
  ];
  /** Only of those who are proposed: nobody else is erased by the dozen. */
  protected readonly bulkActions = computed<readonly BulkAction<MemberView>[]>(() =>
    this.showsErasable()
      ? [
          {
            label: 'members.erase',
            icon: 'delete',
            permission: 'admin',
            isDanger: true,
            run: (chosen) => void this.eraseAll(chosen),
          },
        ]
      : [],
  );

  /** Member id -> the machine that they use right now. */
  private readonly atMachine = computed(() => {
    const machines = new Map<number, string>();
    for (const { name, currentUse } of this.feed.view()?.machines ?? []) {
      if (currentUse?.memberId) machines.set(currentUse.memberId, name);
    }
    return machines;
  });

  protected readonly rowLink = ({ id }: MemberView) => ['/members', id];
  protected readonly rowActions = (member: MemberView): PageAction[] => [
    {
      label: 'members.show_uses',
      icon: 'history',
      link: '/history',
      queryParams: { memberId: member.id },
    },
    ...(this.actions.mayChange(member) ? this.changes(member) : []),
    ...(this.mayErase(member) ? [this.eraseAction(member)] : []),
  ];

  protected cards(member: MemberView): { id: number; short: string; label: string }[] {
    return validCards(member).map(({ id, uid, label }) => ({
      id,
      short: shortCard(uid),
      label: label ?? '',
    }));
  }

  protected mayUse({ authorizeAll, authorizations }: MemberView): string {
    if (authorizeAll) return this.words.say('members.all_by_role');
    const total = this.feed.view()?.machines.length;
    if (total === undefined) return this.formats.number(authorizations);
    return this.words.say('members.of_machines', { n: authorizations, total });
  }

  protected day(day: string): string {
    return this.formats.calendarDay(day);
  }

  /** In the menu of a row, because phones have no ticks. */
  private mayErase(member: MemberView): boolean {
    return this.showsErasable() && this.current.may('admin') && !this.actions.isSelf(member);
  }

  private eraseAction(member: MemberView): PageAction {
    const run = () => void this.erasure.erase(member).then((isDone) => isDone && this.reload());
    return { label: 'members.erase', icon: 'delete', isDanger: true, run };
  }

  private reload(): void {
    this.list.reload();
    this.erasable.reload();
  }

  private async eraseAll(chosen: readonly MemberView[]): Promise<void> {
    if (await this.erasure.eraseAll(chosen)) this.reload();
  }

  protected nowAt({ id }: MemberView): string | undefined {
    return this.atMachine().get(id);
  }

  protected lately({ recentDurationS }: MemberView): string {
    return recentDurationS === 0
      ? this.words.say('members.none')
      : `${this.formats.planHours(recentDurationS)}\u00a0${this.words.say('units.h')}`;
  }

  private changes(member: MemberView): PageAction[] {
    if (member.deletedAt !== null) {
      return [
        {
          label: 'members.restore',
          icon: 'undo',
          run: () => void this.actions.restore(member).then(() => this.list.reload()),
        },
      ];
    }
    const edit: PageAction = {
      label: 'members.edit_action',
      icon: 'edit',
      link: ['/members', member.id, 'edit'],
    };
    if (this.actions.isSelf(member)) return [edit];
    return [
      edit,
      ...this.links.actionsFor(member),
      {
        label: member.disabled ? 'members.enable' : 'members.disable',
        icon: member.disabled ? 'done' : 'disabled',
        run: () =>
          void this.actions.setDisabled(member, !member.disabled).then(() => this.list.reload()),
      },
      {
        label: 'dialog.delete',
        icon: 'delete',
        isDanger: true,
        run: () => void this.actions.delete(member, () => this.list.reload()),
      },
    ];
  }
}
