import { HttpClient } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { JobList, JobRunView, type JobView } from '@fabomatic/system';
import { TranslatePipe } from '@ngx-translate/core';
import { firstValueFrom } from 'rxjs';
import { RouterLink } from '@angular/router';
import { apiError } from '../../auth/api-error';
import { detail } from '../../frame/detail-page/detail';
import { DetailStates } from '../../frame/detail-page/detail-states';
import { Dialogs } from '../../frame/dialog/dialogs';
import { Icon } from '../../frame/icon';
import { TimeText } from '../../frame/time-text';
import { Toasts } from '../../frame/toast/toasts';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { reloadEvery } from '../reload-every';
import { SystemHead } from '../system-head';
import { jobAbout, jobName, runText } from './run-texts';
import { scheduleText } from './schedule-text';

export const JOBS_URL = '/api/v1/jobs';
const REFRESH_S = 15;
const REFRESH_RUNNING_S = 1;

/** What runs by the clock: when, what came of it, and a button for now. */
@Component({
  selector: 'fab-jobs-page',
  imports: [DetailStates, Icon, RouterLink, SystemHead, TimeText, TranslatePipe],
  templateUrl: './jobs-page.html',
  styleUrl: './jobs-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class JobsPage {
  private readonly http = inject(HttpClient);
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);

  protected readonly list = detail({ url: () => JOBS_URL, schema: JobList });
  protected readonly back = { label: 'nav.system', link: '/system' } as const;
  private readonly asking = signal<string | null>(null);

  protected readonly jobs = computed(() =>
    (this.list.record()?.items ?? []).map((job) => ({
      ...job,
      title: jobName(this.words, job.name),
      about: jobAbout(this.words, job.name),
      schedule: scheduleText(this.words, job.schedule),
      result: job.lastRun && runText(this.words, this.formats, job.lastRun),
      next: job.nextRunAt && this.next(job.nextRunAt),
      isRunning: job.lastRun?.outcome === 'running',
      isBusy: job.lastRun?.outcome === 'running' || this.asking() === job.name,
    })),
  );
  private readonly isAnyRunning = computed(() => this.jobs().some(({ isRunning }) => isRunning));

  constructor() {
    const reload = () => this.list.reload();
    reloadEvery(REFRESH_S, reload);
    reloadEvery(REFRESH_RUNNING_S, reload, this.isAnyRunning);
  }

  protected async run(job: JobView, title: string): Promise<void> {
    const isWanted = await this.dialogs.confirm({
      title: this.words.say('jobs.run_title', { name: title }),
      text: this.words.say(job.canDryRun ? 'jobs.run_text_dry' : 'jobs.run_text'),
      action: this.words.say('jobs.run'),
    });
    if (isWanted) await this.start(job.name, false);
  }

  protected async start(name: string, dryRun: boolean): Promise<void> {
    if (this.asking() !== null) return;
    this.asking.set(name);
    try {
      JobRunView.parse(await firstValueFrom(this.http.post(`${JOBS_URL}/${name}/run`, { dryRun })));
    } catch (error) {
      // It runs already, or nobody answered.
      const { code, params } = apiError(error);
      this.toasts.show(this.words.error(code, { ...params, name: jobName(this.words, name) }));
    }
    this.asking.set(null);
    this.list.reload();
  }

  private next(iso: string): string {
    return this.words.say('jobs.next_at', {
      day: this.formats.day(iso),
      time: this.formats.clock(iso),
    });
  }
}
