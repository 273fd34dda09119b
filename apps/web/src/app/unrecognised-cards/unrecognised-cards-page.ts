import { CdkTrapFocus } from '@angular/cdk/a11y';
import { HttpClient } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { UNRECOGNIZED_CARD_SORTS, UnrecognizedCardView } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { firstValueFrom } from 'rxjs';
import { CurrentMember } from '../auth/current-member';
import { ExportButton } from '../frame/export-button/export-button';
import { RecordFilterChip } from '../frame/filter-chip/record-filter-chip';
import { Icon } from '../frame/icon';
import { ListBar } from '../frame/list-page/list-bar';
import { ListFoot } from '../frame/list-page/list-foot';
import { pagedList } from '../frame/list-page/paged-list';
import type { SortChoice } from '../frame/list-page/sort-chip';
import { PageTabs } from '../frame/page-tabs/page-tabs';
import { RecordSearch } from '../frame/record-search/record-search';
import type { RecordOption } from '../frame/record-search/record-source';
import { ScreenWidth } from '../frame/screen-width';
import { TimeText } from '../frame/time-text';
import { Toasts } from '../frame/toast/toasts';
import { Formats } from '../language/formats';
import { Words } from '../language/words';
import { LabClock } from '../live/lab-clock';
import { MACHINE_SOURCE } from '../machines/machines-api';
import { shortCard, spelledCard } from '../members/card-text';
import { MemberActions } from '../members/member-actions';
import { memberTabs } from '../members/member-tabs';
import { membersApi, memberSource } from '../members/members-api';
import { CardTaps, UNRECOGNISED_CARDS_URL } from './card-taps';

const LATEST_FIRST = '-lastSeenAt';

/** Cards that nobody has, live: each becomes a new member's, somebody's, or goes. */
@Component({
  selector: 'fab-unrecognised-cards-page',
  imports: [
    CdkTrapFocus,
    ExportButton,
    Icon,
    ListBar,
    ListFoot,
    PageTabs,
    RecordFilterChip,
    RecordSearch,
    RouterLink,
    TimeText,
    TranslatePipe,
  ],
  templateUrl: './unrecognised-cards-page.html',
  styleUrl: './unrecognised-cards-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UnrecognisedCardsPage {
  private readonly http = inject(HttpClient);
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);
  private readonly toasts = inject(Toasts);
  private readonly actions = inject(MemberActions);
  private readonly clock = inject(LabClock);
  private readonly taps = inject(CardTaps);
  private readonly api = membersApi();

  protected readonly shortCard = shortCard;
  protected readonly spelledCard = spelledCard;
  protected readonly tabs = memberTabs();
  protected readonly members = memberSource(this.words);
  protected readonly isPhone = inject(ScreenWidth).isPhone;
  protected readonly machineSource = MACHINE_SOURCE;
  protected readonly exportUrl = '/api/v1/exports/unrecognized-cards.xlsx';
  protected readonly sorts: readonly SortChoice[] = [
    { sort: 'lastSeenAt', heading: 'cards.sort_last' },
    { sort: 'firstSeenAt', heading: 'cards.sort_first' },
    { sort: 'times', heading: 'cards.sort_times' },
  ];
  protected readonly list = pagedList({
    url: UNRECOGNISED_CARDS_URL,
    item: UnrecognizedCardView,
    filters: ['machineId'],
    sorts: UNRECOGNIZED_CARD_SORTS,
    defaultSort: LATEST_FIRST,
    refreshOn: () => this.taps.latest(),
  });
  protected readonly page = this.list.page;
  /** Where nothing waits there is nothing to search. */
  protected readonly hasAny = computed(
    () => (this.page()?.total ?? 0) > 0 || this.list.isNarrowed(),
  );
  protected readonly isLatestFirst = computed(() => this.list.sort() === LATEST_FIRST);
  protected readonly mayChange = computed(() => this.current.may('members'));
  private readonly current = inject(CurrentMember);
  /** The card that a member is looked for. */
  protected readonly giving = signal<UnrecognizedCardView | null>(null);

  protected readonly summary = computed(() => {
    const total = this.page()?.total ?? 0;
    return this.words.count('cards.summary', total, { n: this.formats.number(total) });
  });
  protected readonly errorText = computed(() => {
    const error = this.list.error();
    return error === null ? '' : this.words.error(error.code, error.params);
  });

  /** '3 taps, first today 15:31', '2 taps, Lathe, CNC mill' */
  protected tapText({ times, machines, firstSeenAt }: UnrecognizedCardView): string {
    const parts = [this.words.count('cards.taps', times, { n: this.formats.number(times) })];
    if (machines.length > 1) parts.push(...machines.map(({ name }) => name));
    else if (times > 1) {
      const when = this.formats.when(firstSeenAt, this.clock.nowS());
      parts.push(this.words.say('cards.first', { when }));
    }
    return parts.join(', ');
  }

  protected async give(card: UnrecognizedCardView, { id, label }: RecordOption): Promise<void> {
    this.giving.set(null);
    const done = await this.actions.orSayWhyNot(
      this.api.addCard(id, { uid: card.uid, label: null }),
    );
    if (done === null) return;
    this.toasts.show(this.words.say('cards.is_given', { card: shortCard(card.uid), name: label }));
    this.refresh();
  }

  protected async dismiss({ uid }: UnrecognizedCardView): Promise<void> {
    const url = `${UNRECOGNISED_CARDS_URL}/${encodeURIComponent(uid)}`;
    const done = await this.actions.orSayWhyNot(
      firstValueFrom(this.http.delete(url)).then(() => true),
    );
    if (done === null) return;
    this.toasts.show(this.words.say('cards.is_dismissed', { card: shortCard(uid) }));
    this.refresh();
  }

  private refresh(): void {
    this.list.reload();
    this.taps.recount();
  }
}
