import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type JobContext, JobsService, type JobSummary } from '../jobs/jobs.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { WeeklySummaries } from './weekly-summaries.service';

/** The job that mails the summary of the week. */
@Injectable()
export class WeeklySummaryJob implements OnModuleInit {
  constructor(
    private readonly jobs: JobsService,
    private readonly summaries: WeeklySummaries,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    const { weeklySummary, email } = this.settings;
    // Without a mail server a run could only fail, every week anew.
    const isOn = weeklySummary.enabled && email.server !== null;
    this.jobs.register({
      name: 'weekly-summary',
      schedule: isOn ? weeklySummary.schedule : null,
      canDryRun: true,
      run: (context) => this.run(context),
    });
  }

  private async run({ isDryRun, by, signal }: JobContext): Promise<JobSummary> {
    if (!isDryRun) return this.summaries.send(by, signal);
    const { recipients } = await this.summaries.plan();
    const alreadySent = recipients.filter(({ isSent }) => isSent).length;
    return { mails: recipients.length - alreadySent, alreadySent };
  }
}
