import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { fromIso } from '@fabomatic/kernel';
import { mayCloseByHand, USE_SORTS, UseView } from '@fabomatic/uses';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../../auth/current-member';
import { DateFilterChip } from '../../frame/filter-chip/date-filter-chip';
import { FilterChip } from '../../frame/filter-chip/filter-chip';
import { RecordFilterChip } from '../../frame/filter-chip/record-filter-chip';
import { ListPage } from '../../frame/list-page/list-page';
import { ListColumn, PhoneRow } from '../../frame/list-page/list-templates';
import { type Filterable, pagedList } from '../../frame/list-page/paged-list';
import type { PageAction } from '../../frame/page-action';
import { PhoneLine } from '../../frame/phone-line/phone-line';
import { reloadOn } from '../../frame/reload-on';
import { TimeText } from '../../frame/time-text';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { LabClock } from '../../live/lab-clock';
import { MACHINE_SOURCE } from '../../machines/machines-api';
import { MachinesStore } from '../../machines/machines-store';
import { StatusMark } from '../../machines/status-glyph/status-mark';
import { MEMBER_SOURCE } from '../../members/member-source';
import { UseChanges } from '../use-changes';
import { UseMarks } from '../use-marks';
import { USES_URL } from '../uses-api';

/** What a use can be, each a filter of the API; one of them at a time. */
const KINDS = ['open', 'replayed', 'estimated', 'unauthorised', 'manual', 'import'] as const;
type Kind = (typeof KINDS)[number];

/** Every use, newest first; what is wrong in it can be put right from here. */
@Component({
  selector: 'fab-use-list',
  imports: [
    DateFilterChip,
    FilterChip,
    ListColumn,
    ListPage,
    PhoneLine,
    PhoneRow,
    RecordFilterChip,
    StatusMark,
    TimeText,
    TranslatePipe,
    UseMarks,
  ],
  templateUrl: './use-list.html',
  styleUrl: './use-list.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UseList {
  private readonly formats = inject(Formats);
  private readonly words = inject(Words);
  private readonly clock = inject(LabClock);
  private readonly member = inject(CurrentMember);
  private readonly changes = inject(UseChanges);

  protected readonly machineSource = MACHINE_SOURCE;
  protected readonly memberSource = MEMBER_SOURCE;
  protected readonly list = pagedList({
    url: USES_URL,
    item: UseView,
    filters: [
      'machineId',
      'memberId',
      'from',
      'to',
      'open',
      'replayed',
      'estimated',
      'unauthorised',
      'source',
    ],
    sorts: USE_SORTS,
    defaultSort: '-startedAt',
  });
  protected readonly newUse: PageAction = {
    label: 'uses.new',
    icon: 'add',
    permission: 'machines',
    link: '/history/new',
  };
  protected readonly kindOptions = computed(() =>
    KINDS.map((value) => ({ value, label: this.words.say(`uses.kind_${value}`) })),
  );
  /** One chip for all marks. */
  protected readonly kinds: Filterable = {
    filters: computed((): Record<string, string> => {
      const set = this.list.filters();
      const kind = KINDS.find((each) => set[each] === 'true' || set['source'] === each);
      return kind === undefined ? {} : { kind };
    }),
    setFilters: ({ kind }) => this.list.setFilters(filtersOf(kind as Kind | null)),
  };
  protected readonly rowLink = computed(() =>
    this.member.may('machines')
      ? (use: UseView) =>
          use.endedAt === null ? ['/machines', use.machineId] : ['/history', use.id]
      : undefined,
  );
  protected readonly rowActions = (use: UseView): PageAction[] => [
    ...(use.endedAt === null ? this.openActions(use) : [editAction(use)]),
    { label: 'plans.show_machine', icon: 'machines', link: ['/machines', use.machineId] },
    {
      label: 'dialog.delete',
      icon: 'delete',
      permission: 'machines',
      isDanger: true,
      run: () => void this.reloadAfter(this.changes.delete(use)),
    },
  ];

  constructor() {
    const machines = inject(MachinesStore).machines;
    // A use begins or ends: what the list shows is not true any more.
    const going = computed(() =>
      machines()
        .map(({ view }) => view.currentUse?.useId ?? '-')
        .join(),
    );
    reloadOn(going, [this.list]);
  }

  protected duration(use: UseView): string {
    return this.formats.duration(use.durationS ?? this.clock.nowS() - fromIso(use.startedAt));
  }

  private openActions(use: UseView): PageAction[] {
    const heardAtS = fromIso(use.boardSeenAt ?? use.lastSeenAt);
    if (!mayCloseByHand(heardAtS, this.clock.nowS())) return [];
    return [
      {
        label: 'uses.close',
        icon: 'stop',
        permission: 'machines',
        run: () => void this.reloadAfter(this.changes.close(use)),
      },
    ];
  }

  private async reloadAfter(change: Promise<boolean>): Promise<void> {
    if (await change) this.list.reload();
  }
}

function editAction({ id }: UseView): PageAction {
  return { label: 'uses.correct', icon: 'edit', permission: 'machines', link: ['/history', id] };
}

function filtersOf(kind: Kind | null): Record<string, string | null> {
  const none = { open: null, replayed: null, estimated: null, unauthorised: null, source: null };
  if (kind === null) return none;
  return kind === 'manual' || kind === 'import'
    ? { ...none, source: kind }
    : { ...none, [kind]: 'true' };
}
