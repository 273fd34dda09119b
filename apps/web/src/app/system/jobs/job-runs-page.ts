import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { ActivatedRoute, RouterLink } from '@angular/router';
import { fromIso } from '@fabomatic/kernel';
import { JobRunView } from '@fabomatic/system';
import { TranslatePipe } from '@ngx-translate/core';
import { Icon } from '../../frame/icon';
import { ListPage } from '../../frame/list-page/list-page';
import { ListColumn, PhoneRow } from '../../frame/list-page/list-templates';
import { pagedList } from '../../frame/list-page/paged-list';
import { PhoneLine } from '../../frame/phone-line/phone-line';
import { TimeText } from '../../frame/time-text';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { SYSTEM_TABS } from '../system-tabs';
import { JOBS_URL } from './jobs-page';
import { jobName, runText } from './run-texts';

/** Every run of one job that is still known, the latest first. */
@Component({
  selector: 'fab-job-runs-page',
  imports: [Icon, ListColumn, ListPage, PhoneLine, PhoneRow, RouterLink, TimeText, TranslatePipe],
  templateUrl: './job-runs-page.html',
  styles: `
    .crumb {
      display: flex;
      align-items: center;
      gap: var(--s1);
      margin-bottom: var(--s1);
      color: var(--ink-3);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class JobRunsPage {
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);
  private readonly job = inject(ActivatedRoute).snapshot.paramMap.get('name') ?? '';

  protected readonly tabs = SYSTEM_TABS;
  protected readonly list = pagedList({
    url: `${JOBS_URL}/${encodeURIComponent(this.job)}/runs`,
    item: JobRunView,
    sorts: ['startedAt'],
    defaultSort: '-startedAt',
  });

  protected name(): string {
    return jobName(this.words, this.job);
  }

  protected result(run: JobRunView): string {
    return runText(this.words, this.formats, run);
  }

  /** Who or what made it run. */
  protected by({ trigger, triggeredBy }: JobRunView): string {
    return triggeredBy ?? this.words.say(`jobs.by_${trigger === 'api-key' ? 'key' : trigger}`);
  }

  protected duration({ startedAt, endedAt }: JobRunView): string {
    return endedAt === null ? '–' : this.formats.duration(fromIso(endedAt) - fromIso(startedAt));
  }
}
