import { CdkTrapFocus } from '@angular/cdk/a11y';
import { HttpClient } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { UnrecognizedCardView } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { firstValueFrom } from 'rxjs';
import { CurrentMember } from '../auth/current-member';
import { Icon } from '../frame/icon';
import { ListFoot } from '../frame/list-page/list-foot';
import { pagedList } from '../frame/list-page/paged-list';
import { PageTabs } from '../frame/page-tabs/page-tabs';
import { RecordSearch } from '../frame/record-search/record-search';
import type { RecordOption } from '../frame/record-search/record-source';
import { TimeText } from '../frame/time-text';
import { Toasts } from '../frame/toast/toasts';
import { Formats } from '../language/formats';
import { Words } from '../language/words';
import { LabClock } from '../live/lab-clock';
import { shortCard, spelledCard } from '../members/card-text';
import { MemberActions } from '../members/member-actions';
import { memberTabs } from '../members/member-tabs';
import { membersApi, memberSource } from '../members/members-api';
import { CardTaps, UNRECOGNISED_CARDS_URL } from './card-taps';

/** Cards that nobody has, live: each becomes a new member's, somebody's, or goes. */
@Component({
  selector: 'fab-unrecognised-cards-page',
  imports: [
    CdkTrapFocus,
    Icon,
    ListFoot,
    PageTabs,
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
  protected readonly list = pagedList({
    url: UNRECOGNISED_CARDS_URL,
    item: UnrecognizedCardView,
    refreshOn: () => this.taps.latest(),
  });
  protected readonly page = this.list.page;
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
