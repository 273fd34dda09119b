import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { AuditEntryView } from '@fabomatic/system';
import { TranslatePipe } from '@ngx-translate/core';
import { detail } from '../../frame/detail-page/detail';
import { DetailHead, Fact } from '../../frame/detail-page/detail-head';
import { DetailPage, RecordTemplate } from '../../frame/detail-page/detail-page';
import { Icon } from '../../frame/icon';
import type { BackLink, PageAction } from '../../frame/page-action';
import { Formats } from '../../language/formats';
import { AUDIT_URL, sameRecord } from './audit-link';
import { AuditTexts } from './audit-texts';

/** One change: every field before and after, and where it came from. */
@Component({
  selector: 'fab-audit-entry-page',
  imports: [DetailHead, DetailPage, Fact, Icon, RecordTemplate, TranslatePipe],
  templateUrl: './audit-entry-page.html',
  styles: `
    /* Three equal columns: on a phone a long value would leave the others one letter wide. */
    table {
      table-layout: fixed;
    }
    th,
    td {
      white-space: normal;
      overflow-wrap: break-word;
    }
    tbody th {
      color: inherit;
      font-size: inherit;
      font-weight: var(--w-mid);
      text-align: start;
    }
    .correlation {
      margin-top: var(--s4);
      overflow-wrap: anywhere;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AuditEntryPage {
  private readonly formats = inject(Formats);
  protected readonly texts = inject(AuditTexts);

  /** From the path. */
  readonly id = input.required<string>();

  protected readonly back: BackLink = { label: 'audit.title', link: '/system/audit' };
  protected readonly entry = detail({
    url: () => `${AUDIT_URL}/${this.id()}`,
    schema: AuditEntryView,
  });

  protected actions(entry: AuditEntryView): PageAction[] {
    const link = this.texts.link(entry);
    return [
      ...(link === null ? [] : [{ label: 'audit.show_record', icon: 'show', link } as const]),
      ...(entry.subjectId === null ? [] : [sameRecord(entry.subject, entry.subjectId)]),
    ];
  }

  protected exact({ at }: AuditEntryView): string {
    return this.formats.exact(at);
  }
}
