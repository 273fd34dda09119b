import { httpResource } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { LANGUAGES } from '@fabomatic/i18n';
import { fromIso, pageOf } from '@fabomatic/kernel';
import { MemberSummary, MemberView, RECENT_DAYS } from '@fabomatic/members';
import { UseView } from '@fabomatic/uses';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../../auth/current-member';
import { ActionButton } from '../../frame/action-button/action-button';
import { detail } from '../../frame/detail-page/detail';
import { DetailHead, Fact } from '../../frame/detail-page/detail-head';
import { DetailPage, RecordTemplate } from '../../frame/detail-page/detail-page';
import { DetailColumns, DetailSection } from '../../frame/detail-page/detail-section';
import { Icon } from '../../frame/icon';
import type { BackLink, PageAction } from '../../frame/page-action';
import { TimeText } from '../../frame/time-text';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { LabClock } from '../../live/lab-clock';
import { LiveFeed } from '../../live/live-feed';
import { initials, shortCard } from '../card-text';
import { MemberActions } from '../member-actions';
import { MemberCards } from '../member-cards/member-cards';
import { MemberDataSection } from '../member-data/member-data';
import { whatChanged } from '../../system/audit/audit-link';
import { MEMBERS_URL, nameOf, validCards } from '../members-api';
import { PasswordLinks } from '../password-link/password-links';

/** How many of the latest uses stand on the page; the others are in the history. */
const LATEST_USES = 5;

/** One person of the lab: cards, access, hours, and what is known about them. */
@Component({
  selector: 'fab-member-page',
  imports: [
    ActionButton,
    DetailColumns,
    DetailHead,
    DetailPage,
    DetailSection,
    Fact,
    Icon,
    MemberCards,
    MemberDataSection,
    RecordTemplate,
    TimeText,
    TranslatePipe,
  ],
  templateUrl: './member-page.html',
  styleUrl: './member-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MemberPage {
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);
  private readonly clock = inject(LabClock);
  private readonly feed = inject(LiveFeed);
  private readonly actions = inject(MemberActions);
  private readonly current = inject(CurrentMember);
  private readonly links = inject(PasswordLinks);

  readonly id = input.required<string>();

  protected readonly nameOf = nameOf;
  protected readonly initials = initials;
  protected readonly back: BackLink = { label: 'members.title', link: '/members' };
  protected readonly member = detail({
    url: () => `${MEMBERS_URL}/${this.id()}`,
    schema: MemberView,
  });
  protected readonly summary = detail({
    url: () => `${MEMBERS_URL}/${this.id()}/summary`,
    schema: MemberSummary,
  });
  private readonly latestUses = httpResource(
    () => ({ url: '/api/v1/uses', params: { memberId: this.id(), pageSize: LATEST_USES } }),
    { parse: (raw) => pageOf(UseView).parse(raw) },
  );
  protected readonly uses = computed(() =>
    this.latestUses.hasValue() ? this.latestUses.value() : null,
  );
  protected readonly recentNote = computed(() =>
    this.words.say('members.recent_days', { days: RECENT_DAYS }),
  );
  protected readonly allUses = computed<PageAction>(() => ({
    label: 'members.all_uses',
    link: '/history',
    queryParams: { memberId: this.id() },
  }));
  protected readonly machineNow = computed(
    () =>
      this.feed
        .view()
        ?.machines.find(({ currentUse }) => String(currentUse?.memberId) === this.id())?.name,
  );

  protected headActions(member: MemberView): PageAction[] {
    const history = whatChanged('member', member.id);
    if (!this.actions.mayChange(member)) return [history];
    if (member.deletedAt !== null || this.actions.isSelf(member)) return [history];
    return [
      history,
      {
        label: member.disabled ? 'members.enable' : 'members.disable',
        icon: member.disabled ? 'done' : 'disabled',
        run: () =>
          void this.actions.setDisabled(member, !member.disabled).then(() => this.member.reload()),
      },
    ];
  }

  protected primary(member: MemberView): PageAction | undefined {
    if (!this.actions.mayChange(member)) return undefined;
    return member.deletedAt === null
      ? { label: 'members.edit_action', icon: 'edit', link: ['/members', member.id, 'edit'] }
      : { label: 'members.restore', icon: 'undo', run: () => void this.restore(member) };
  }

  protected linkActions(member: MemberView): PageAction[] {
    return this.links.actionsFor(member);
  }

  protected mayChange(member: MemberView): boolean {
    return this.actions.mayChange(member);
  }

  protected cards(member: MemberView): string {
    const cards = validCards(member).map(({ uid }) => shortCard(uid));
    return cards.length === 0 ? this.words.say('members.no_card') : cards.join(' ');
  }

  protected mayUse({ authorizeAll, authorizations }: MemberView): string {
    if (authorizeAll) return this.words.say('members.all_by_role');
    const total = this.feed.view()?.machines.length;
    return total === undefined
      ? this.formats.number(authorizations)
      : this.words.say('members.of_machines', { n: authorizations, total });
  }

  protected inAll({ durationS, uses }: MemberSummary): string {
    return this.words.count('members.in_all_uses', uses, {
      n: this.formats.number(uses),
      duration: this.formats.duration(durationS),
    });
  }

  protected countUses(uses: number): string {
    return this.words.count('uses.summary', uses, { n: this.formats.number(uses) });
  }

  protected duration(seconds: number): string {
    return this.formats.duration(seconds);
  }

  protected lengthOf(use: UseView): string {
    return this.formats.duration(use.durationS ?? this.clock.nowS() - fromIso(use.startedAt));
  }

  protected number(value: number): string {
    return this.formats.number(value);
  }

  protected language({ language }: MemberView): string {
    return (
      LANGUAGES.find(({ code }) => code === language)?.name ??
      this.words.say('members.language_of_lab')
    );
  }

  /** The mails about machines that the member asked for: 'Maintenance due, Machine offline'. */
  protected alerts(member: MemberView): string {
    const asked = [
      member.maintenanceDueMails && this.words.say('mails.prefs.maintenance'),
      member.machineOfflineMails && this.words.say('mails.prefs.offline'),
      member.machineOnlineMails && this.words.say('mails.prefs.online'),
    ];
    return asked.filter((each) => each !== false).join(', ');
  }

  /** i18n-keys: members.portal_none members.portal_ready members.portal_without_password */
  protected portal({ portalAccess, hasPassword }: MemberView): string {
    if (portalAccess === 'none') return this.words.say('members.portal_none');
    return this.words.say(hasPassword ? 'members.portal_ready' : 'members.portal_without_password');
  }

  protected day(day: string): string {
    return this.formats.calendarDay(day);
  }

  /** Only for others: one's own is turned off with a code. */
  protected mayResetFactor(member: MemberView): boolean {
    return member.hasSecondFactor && this.current.may('admin') && !this.actions.isSelf(member);
  }

  protected async resetFactor(member: MemberView): Promise<void> {
    if (await this.actions.resetSecondFactor(member)) this.member.reload();
  }

  private async restore(member: MemberView): Promise<void> {
    await this.actions.restore(member);
    this.reload();
  }

  protected reload(): void {
    this.member.reload();
    this.summary.reload();
  }
}
