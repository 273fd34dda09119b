import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import {
  ACTOR_KINDS,
  AUDIT_SORTS,
  AUDIT_SUBJECTS,
  AuditEntryView,
  auditListedAtMost,
} from '@fabomatic/system';
import { TranslatePipe } from '@ngx-translate/core';
import { DateFilterChip } from '../../frame/filter-chip/date-filter-chip';
import { FilterChip } from '../../frame/filter-chip/filter-chip';
import { RecordFilterChip } from '../../frame/filter-chip/record-filter-chip';
import { Icon } from '../../frame/icon';
import { ListPage } from '../../frame/list-page/list-page';
import { ListColumn, PhoneRow } from '../../frame/list-page/list-templates';
import { type Filterable, pagedList } from '../../frame/list-page/paged-list';
import type { PageAction } from '../../frame/page-action';
import { PhoneLine } from '../../frame/phone-line/phone-line';
import { TimeText } from '../../frame/time-text';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { MEMBER_SOURCE } from '../../members/member-source';
import { SYSTEM_TABS } from '../system-tabs';
import { AUDIT_URL, sameRecord } from './audit-link';
import { AuditTexts } from './audit-texts';
import { AuditVerification } from './audit-verification';

/** Who changed what: every change of the portal, newest first. */
@Component({
  selector: 'fab-audit-list',
  imports: [
    AuditVerification,
    DateFilterChip,
    FilterChip,
    Icon,
    ListColumn,
    ListPage,
    PhoneLine,
    PhoneRow,
    RecordFilterChip,
    TimeText,
    TranslatePipe,
  ],
  templateUrl: './audit-list.html',
  styles: `
    .block {
      display: block;
    }
    .wrap {
      display: block;
      min-width: 12rem;
      white-space: normal;
      overflow-wrap: anywhere;
    }
    .capped {
      margin-top: var(--s2);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AuditList {
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);
  protected readonly texts = inject(AuditTexts);

  protected readonly tabs = SYSTEM_TABS;
  protected readonly memberSource = MEMBER_SOURCE;
  protected readonly list = pagedList({
    url: AUDIT_URL,
    item: AuditEntryView,
    filters: ['actorKind', 'actorId', 'action', 'subject', 'subjectId', 'from', 'to'],
    sorts: AUDIT_SORTS,
    defaultSort: '-at',
  });
  /** The chip of members: an id alone would be a key's or a board's as well. */
  protected readonly actors: Filterable = {
    filters: computed((): Record<string, string> => {
      const { actorKind, actorId } = this.list.filters();
      return actorKind === 'member' && actorId !== undefined ? { actorId } : {};
    }),
    setFilters: ({ actorId }) =>
      this.list.setFilters({ actorId: actorId ?? null, actorKind: actorId ? 'member' : null }),
  };
  /** Another kind of record takes the one record away. */
  protected readonly subjectFilter: Filterable = {
    filters: this.list.filters,
    setFilters: ({ subject }) =>
      this.list.setFilters({ subject: subject ?? null, subjectId: null, action: null }),
  };
  protected readonly actorKinds = computed(() =>
    ACTOR_KINDS.map((value) => ({ value, label: this.texts.actor(value) })),
  );
  protected readonly subjects = computed(() =>
    AUDIT_SUBJECTS.map((value) => ({ value, label: this.texts.record(value) })).sort((one, other) =>
      one.label.localeCompare(other.label),
    ),
  );
  protected readonly recordNumber = computed(() => this.list.filters()['subjectId']);
  protected readonly removeRecord = computed(() =>
    this.words.say('list.remove_filter', {
      name: `${this.words.say('audit.record_no')} ${this.recordNumber() ?? ''}`,
    }),
  );
  private readonly bound = computed(() => auditListedAtMost(this.list.text() !== ''));
  protected readonly isCapped = computed(() => (this.list.page()?.total ?? 0) >= this.bound());
  protected readonly most = computed(() => this.formats.number(this.bound()));

  protected readonly rowLink = ({ id }: AuditEntryView) => ['/system/audit', id];
  protected readonly rowActions = (entry: AuditEntryView): PageAction[] => {
    const link = this.texts.link(entry);
    const actions: PageAction[] = [];
    if (link !== null) actions.push({ label: 'audit.show_record', icon: 'show', link });
    if (entry.subjectId !== null) actions.push(sameRecord(entry.subject, entry.subjectId));
    if (entry.actorId !== null) {
      actions.push({
        label: 'audit.same_actor',
        icon: 'history',
        link: '/system/audit',
        queryParams: { actorKind: entry.actorKind, actorId: entry.actorId },
      });
    }
    return actions;
  };

  protected changes({ fields, fieldCount }: AuditEntryView): string {
    const told = fields.map((each) => this.texts.change(each)).join('; ');
    const more = fieldCount - fields.length;
    return more > 0 ? `${told}, ${this.words.say('audit.more_fields', { n: more })}` : told;
  }

  protected allRecords(): void {
    this.list.setFilters({ subjectId: null });
  }
}
