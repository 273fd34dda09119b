import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { fromIso, pageOf } from '@fabomatic/kernel';
import {
  CardView,
  MemberSummary,
  MyAuthorizationView,
  type MyDataView,
  MyUseView,
} from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../auth/current-member';
import { detail } from '../frame/detail-page/detail';
import { DetailHead, Fact } from '../frame/detail-page/detail-head';
import { DetailColumns, DetailSection } from '../frame/detail-page/detail-section';
import { DetailStates } from '../frame/detail-page/detail-states';
import { Downloads } from '../frame/export-button/downloads';
import { Icon } from '../frame/icon';
import { ListFoot } from '../frame/list-page/list-foot';
import { pagedList } from '../frame/list-page/paged-list';
import type { BackLink } from '../frame/page-action';
import { TimeText } from '../frame/time-text';
import { Toasts } from '../frame/toast/toasts';
import { Formats } from '../language/formats';
import { Words } from '../language/words';
import { LabClock } from '../live/lab-clock';
import { initials, shortCard, spelledCard } from '../members/card-text';
import { MY_URL, myData } from './my-data';

/** The most that the API gives at once; nobody has as many cards or machines. */
const ALL = 200;
const USES = 20;

/** What is the reader's own: cards, machines, uses, and all that the lab keeps about them. */
@Component({
  selector: 'fab-me-page',
  imports: [
    DetailColumns,
    DetailHead,
    DetailSection,
    DetailStates,
    Fact,
    Icon,
    ListFoot,
    TimeText,
    TranslatePipe,
  ],
  templateUrl: './me-page.html',
  styleUrl: './me-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MePage {
  private readonly clock = inject(LabClock);
  private readonly downloads = inject(Downloads);
  private readonly formats = inject(Formats);
  private readonly toasts = inject(Toasts);
  private readonly words = inject(Words);
  protected readonly member = inject(CurrentMember);

  protected readonly initials = initials;
  protected readonly shortCard = shortCard;
  protected readonly spelledCard = spelledCard;
  protected readonly back: BackLink = { label: 'me.title', link: '/me' };
  protected readonly data = myData();
  protected readonly cards = detail({
    url: () => `${MY_URL}/cards?pageSize=${ALL}`,
    schema: pageOf(CardView),
  });
  protected readonly access = detail({
    url: () => `${MY_URL}/authorizations?pageSize=${ALL}`,
    schema: pageOf(MyAuthorizationView),
  });
  protected readonly summary = detail({ url: () => `${MY_URL}/summary`, schema: MemberSummary });
  protected readonly uses = pagedList({ url: `${MY_URL}/uses`, item: MyUseView, pageSize: USES });

  /** Cards that open machines come first. */
  protected readonly sortedCards = computed(() =>
    [...(this.cards.record()?.items ?? [])].sort(
      (a, b) => Number(a.revokedAt !== null) - Number(b.revokedAt !== null),
    ),
  );
  protected readonly usesError = computed(() => this.words.refusal(this.uses.error()));
  protected readonly mayUseNote = computed(() => {
    const data = this.data.record();
    if (data === undefined || data.mayUseAllMachines) return '';
    return this.formats.number(data.authorizations);
  });

  protected name({ firstName, lastName }: MyDataView): string {
    return `${firstName} ${lastName}`.trim();
  }

  protected mayUse({ mayUseAllMachines, authorizations }: MyDataView): string {
    if (mayUseAllMachines) return this.words.say('members.all_by_role');
    return this.words.count('me.machines', authorizations);
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

  protected lengthOf({ startedAt, durationS }: MyUseView): string {
    const seconds = durationS ?? Math.max(0, this.clock.nowS() - fromIso(startedAt));
    return this.formats.duration(seconds);
  }

  protected day(day: string): string {
    return this.formats.calendarDay(day);
  }

  protected async save(file: 'data' | 'data.xlsx', { id }: MyDataView): Promise<void> {
    const error = await this.downloads.save(`${MY_URL}/${file}`, {
      name: file === 'data' ? `member-${id}-data.json` : undefined,
    });
    if (error === null) return;
    const why = this.words.error(error.code, error.params);
    this.toasts.show(this.words.say('list.export_failed', { why }));
  }
}
