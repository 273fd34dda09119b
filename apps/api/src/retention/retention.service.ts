import type { Clock } from '@fabomatic/kernel';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { ReadDb } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { type JobContext, JobsService, type JobSummary } from '../jobs/jobs.service';
import { CLOCK, LabService } from '../lab/lab.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { purge } from './purge';

/** The job that removes personal data which is no longer needed. */
@Injectable()
export class RetentionService implements OnModuleInit {
  constructor(
    private readonly jobs: JobsService,
    private readonly lab: LabService,
    readonly units: UnitOfWork,
    readonly reader: ReadDb,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.jobs.register({
      name: 'purge',
      schedule: this.settings.retention.schedule,
      canDryRun: true,
      run: (context) => this.run(context),
    });
  }

  private async run({ isDryRun, by, signal }: JobContext): Promise<JobSummary> {
    const rules = this.settings.retention;
    const counts = await purge(this, { rules, nowS: this.clock.nowS(), isDryRun, signal });
    if (isDryRun) return { ...counts };
    // Memory knows whose the latest uses of a machine were.
    await this.lab.changeUses((db) =>
      this.audit.record(db, by, {
        action: 'purge',
        subject: 'retention',
        id: null,
        name: 'purge',
        after: counts,
      }),
    );
    return { ...counts };
  }
}
