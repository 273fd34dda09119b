import { AppError, type Clock, type Page, SECONDS_PER_MINUTE, toIso } from '@fabomatic/kernel';
import {
  type JobList,
  type JobRunListQuery,
  type JobRunView,
  type JobSchedule,
  type JobTrigger,
  latestDueS,
  nextDueS,
} from '@fabomatic/system';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Actor } from '../audit/audit.service';
import { ReadDb } from '../database/db';
import { UnitOfWork } from '../database/unit-of-work';
import { CLOCK } from '../lab/lab.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import {
  findRun,
  type JobSummary,
  latestRuns,
  listRuns,
  markInterrupted,
  settledSince,
  storeEnd,
  storeStart,
} from './job-runs';

export type { JobSummary } from './job-runs';

/** What a run is given. */
export interface JobContext {
  readonly isDryRun: boolean;
  /** For the audit trail. */
  readonly by: Actor;
  /** Aborted when the program ends: stop between two steps. */
  readonly signal: AbortSignal;
}

/** Something that runs by the clock or on demand, one run at a time. */
export interface Job {
  /** Never changes: runs are stored under it. */
  readonly name: string;
  /** null: by hand only. */
  readonly schedule: JobSchedule | null;
  readonly canDryRun: boolean;
  /** Gives what was done, or what would be; an error makes the run one that failed. */
  run(context: JobContext): Promise<JobSummary>;
}

/** How often it is looked whether something is due: schedules are told in minutes. */
const LOOK_EVERY_MS = 20_000;
/** After a start boards come back first. */
const PATIENCE_S = SECONDS_PER_MINUTE;

/**
 * The jobs of this program. Whether one is due is asked of the clock and of the stored runs, not of
 * timers: so what was missed while the program was off, or the computer slept, is made up for.
 * Modules register theirs in `onModuleInit`.
 */
@Injectable()
export class JobsService implements OnApplicationBootstrap, OnModuleDestroy {
  /** Key: name. */
  private readonly jobs = new Map<string, Job>();
  /** Key: name; value: the run under way. */
  private readonly running = new Map<string, Promise<void>>();
  private settled: Map<string, number> | null = null;
  private startedAtS = 0;
  private readonly stopping = new AbortController();
  private readonly log = new Logger('Jobs');

  constructor(
    private readonly db: ReadDb,
    private readonly units: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  register(job: Job): void {
    if (this.jobs.has(job.name)) throw new Error(`two jobs are called "${job.name}"`);
    this.jobs.set(job.name, job);
  }

  async onApplicationBootstrap(): Promise<void> {
    this.startedAtS = this.clock.nowS();
    await markInterrupted(this.units);
    this.settled = await settledSince(this.units, [...this.jobs.keys()], this.startedAtS);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running.values());
  }

  /** Starts what is due; resolves when all of it has ended. */
  @Interval(LOOK_EVERY_MS)
  async look(): Promise<void> {
    const nowS = this.clock.nowS();
    if (this.settled === null || nowS - this.startedAtS < PATIENCE_S) return;
    const due = [...this.jobs.values()].filter((job) => this.isDue(job, nowS));
    await Promise.all(due.map((job) => this.runDue(job)));
  }

  async list(): Promise<JobList> {
    const latest = await latestRuns(this.db);
    const { timezone } = this.settings.lab;
    const items = [...this.jobs.values()].map(({ name, schedule, canDryRun }) => ({
      name,
      schedule: schedule?.text ?? null,
      nextRunAt: schedule && toIso(nextDueS(schedule, this.clock.nowS(), timezone)),
      canDryRun,
      lastRun: latest.get(name) ?? null,
    }));
    return { items };
  }

  runs(name: string, query: JobRunListQuery): Promise<Page<JobRunView>> {
    return listRuns(this.db, this.job(name).name, query);
  }

  /** Starts a run and gives it as it is stored; it goes on by itself. */
  async start(by: Actor, name: string, isDryRun: boolean): Promise<JobRunView> {
    const job = this.job(name);
    if (isDryRun && !job.canDryRun) throw new AppError('job.no_dry_run', { name });
    const id = await this.begin(job, { by, isDryRun }).started;
    const run = await findRun(this.db, id);
    if (run === null) throw new Error(`run ${id} was not stored`);
    return run;
  }

  private job(name: string): Job {
    const job = this.jobs.get(name);
    if (!job) throw new AppError('job.not_found', { name });
    return job;
  }

  private isDue({ name, schedule }: Job, nowS: number): boolean {
    if (schedule === null || this.running.has(name)) return false;
    const settledS = this.settled?.get(name) ?? nowS;
    return latestDueS(schedule, nowS, this.settings.lab.timezone) > settledS;
  }

  private async runDue(job: Job): Promise<void> {
    try {
      await this.begin(job, { by: scheduled(job.name), isDryRun: false }).ended;
    } catch (error) {
      // The database cannot be written: the next look tries again.
      this.log.error(`The job "${job.name}" could not be started: ${String(error)}`);
    }
  }

  private begin(
    job: Job,
    { by, isDryRun }: { by: Actor; isDryRun: boolean },
  ): { started: Promise<number>; ended: Promise<void> } {
    if (this.running.has(job.name)) throw new AppError('job.running', { name: job.name });
    const startedAtS = this.clock.nowS();
    const started = storeStart(this.units, {
      job: job.name,
      nowS: startedAtS,
      isDryRun,
      trigger: triggerOf(by),
      memberId: by.kind === 'member' ? by.id : null,
    });
    const ended = started
      .then((id) => this.carryOut(job, id, { by, isDryRun, signal: this.stopping.signal }))
      .then(() => {
        if (!isDryRun) this.settled?.set(job.name, startedAtS);
      })
      .finally(() => this.running.delete(job.name));
    // Whoever waits for `started` or `ended` is told of an error; the end of the program is not.
    this.running.set(
      job.name,
      ended.catch(() => undefined),
    );
    return { started, ended };
  }

  private async carryOut(job: Job, id: number, context: JobContext): Promise<void> {
    try {
      const summary = await job.run(context);
      const outcome = context.signal.aborted ? 'interrupted' : 'done';
      await storeEnd(this.units, id, { nowS: this.clock.nowS(), outcome, summary, error: null });
      this.log.log(
        `${job.name}${context.isDryRun ? ' (dry run)' : ''}: ${JSON.stringify(summary)}`,
      );
    } catch (error) {
      // Whatever went wrong belongs to this run: it is stored, shown on the page, and logged.
      this.log.error(`The job "${job.name}" failed.`, error);
      const message = error instanceof Error ? error.message : String(error);
      const end = {
        nowS: this.clock.nowS(),
        outcome: 'failed',
        summary: {},
        error: message,
      } as const;
      await storeEnd(this.units, id, end);
    }
  }
}

function scheduled(name: string): Actor {
  return { kind: 'job', id: null, name, ip: null, correlationId: null };
}

function triggerOf({ kind }: Actor): JobTrigger {
  return kind === 'job' || kind === 'board' ? 'schedule' : kind;
}
