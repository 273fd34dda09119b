import { fromIso, type Page } from '@fabomatic/kernel';
import { type JobList, type JobRunView, parseJobSchedule } from '@fabomatic/system';
import { Logger } from '@nestjs/common';
import { loadSettings } from '../settings/load-settings';
import { eachDatabase, type TestDatabase } from '../testing/databases';
import { eachLab } from '../testing/each-lab';
import { until } from '../testing/test-lab';
import { type Job, type JobContext, JobsService } from './jobs.service';

/** What the jobs here provoke would fill the console. */
beforeAll(() => Logger.overrideLogger(false));

const NIGHTLY = parseJobSchedule('daily 03:30');

/** The jobs of a program that starts at `startedAt`; its clock is moved by hand. */
async function program(database: TestDatabase, startedAt: string, job: Partial<Job> = {}) {
  const clock = { at: fromIso(startedAt), nowS: () => clock.at };
  const settings = loadSettings({ FABOMATIC_LAB_TIMEZONE: 'Europe/Rome' }, '/nonexistent');
  const jobs = new JobsService(database.reader, database.units, clock, settings);
  const runs: JobContext[] = [];
  jobs.register({
    name: 'nightly',
    schedule: NIGHTLY,
    canDryRun: false,
    run: (context) => {
      runs.push(context);
      return Promise.resolve({ things: 3 });
    },
    ...job,
  });
  await jobs.onApplicationBootstrap();
  const lookAt = async (time: string) => {
    clock.at = fromIso(time);
    await jobs.look();
    return runs.length;
  };
  return { jobs, runs, lookAt };
}

eachDatabase((_kind, open) => {
  it('a job runs once when it is due, and again the next night', async () => {
    const { lookAt, jobs } = await program(await open(), '2026-11-24T02:00:00Z');
    expect(await lookAt('2026-11-24T02:29:59Z')).toBe(0);
    expect(await lookAt('2026-11-24T02:30:00Z')).toBe(1);
    expect(await lookAt('2026-11-24T12:00:00Z')).toBe(1);
    expect(await lookAt('2026-11-25T02:30:20Z')).toBe(2);
    expect((await jobs.list()).items[0]).toMatchObject({
      name: 'nightly',
      schedule: 'daily 03:30',
      nextRunAt: '2026-11-26T02:30:00.000Z',
      lastRun: { outcome: 'done', trigger: 'schedule', summary: { things: 3 } },
    });
  });

  it('what was missed while the program was off is made up for, once and after a minute', async () => {
    const database = await open();
    const before = await program(database, '2026-11-20T02:00:00Z');
    expect(await before.lookAt('2026-11-20T02:30:00Z')).toBe(1);
    const after = await program(database, '2026-11-24T10:00:00Z');
    expect(await after.lookAt('2026-11-24T10:00:30Z')).toBe(0);
    expect(await after.lookAt('2026-11-24T10:01:00Z')).toBe(1);
    expect(await after.lookAt('2026-11-24T10:02:00Z')).toBe(1);
  });

  it('a job that is new has missed nothing', async () => {
    const { lookAt } = await program(await open(), '2026-11-24T10:00:00Z');
    expect(await lookAt('2026-11-24T10:05:00Z')).toBe(0);
  });

  it('a run that fails is stored with its reason and not tried again before it is due', async () => {
    const { lookAt, jobs } = await program(await open(), '2026-11-24T02:00:00Z', {
      run: () => Promise.reject(new Error('the disk is full')),
    });
    await lookAt('2026-11-24T02:30:00Z');
    await lookAt('2026-11-24T02:31:00Z');
    const runs = await jobs.runs('nightly', { page: 1, pageSize: 10, sort: '-startedAt' });
    expect(runs.items).toMatchObject([{ outcome: 'failed', error: 'the disk is full' }]);
  });

  it('a run that the end of the program cut short is repeated after the next start', async () => {
    const database = await open();
    let isStarted = false;
    const before = await program(database, '2026-11-24T02:00:00Z', {
      run: ({ signal }) => {
        isStarted = true;
        return new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve({}));
        });
      },
    });
    const looking = before.lookAt('2026-11-24T02:30:00Z');
    await until(() => isStarted);
    await before.jobs.onModuleDestroy();
    await looking;
    const after = await program(database, '2026-11-24T02:40:00Z');
    expect(await after.lookAt('2026-11-24T02:45:00Z')).toBe(1);
  });

  it('a job runs once at a time', async () => {
    let finish: () => void = () => undefined;
    const { jobs, lookAt } = await program(await open(), '2026-11-24T02:00:00Z', {
      run: () => new Promise((resolve) => (finish = () => resolve({}))),
    });
    const by = { kind: 'member', id: 1, name: 'Pat', ip: null, correlationId: null } as const;
    await jobs.start(by, 'nightly', false);
    await expect(jobs.start(by, 'nightly', false)).rejects.toMatchObject({ code: 'job.running' });
    await lookAt('2026-11-24T02:30:00Z');
    finish();
    await until(async () => (await jobs.list()).items[0]?.lastRun?.outcome === 'done');
    const runs = await jobs.runs('nightly', { page: 1, pageSize: 10, sort: '-startedAt' });
    expect(runs.total).toBe(1);
  });
});

eachLab(
  async () => undefined,
  (scene) => {
    it('[B25] the purge is tried out from the portal, and its runs are listed', async () => {
      const { api } = scene;
      const jobs = (await api.get('jobs').expect(200)).body as JobList;
      expect(jobs.items.map(({ name }) => name)).toContain('purge');
      const started = (await api.post('jobs/purge/run', { dryRun: true }).expect(202))
        .body as JobRunView;
      const runs = async () =>
        ((await api.get('jobs/purge/runs').expect(200)).body as Page<JobRunView>).items;
      await until(async () => (await runs())[0]?.outcome === 'done');
      expect(await runs()).toMatchObject([
        {
          id: started.id,
          isDryRun: true,
          trigger: 'member',
          triggeredBy: 'Pat admin',
          summary: { uses: 0, interventions: 0, unrecognisedCards: 0, mails: 0 },
        },
      ]);
    });

    it('is for administrators, and knows its jobs', async () => {
      const { api } = scene;
      const machines = await scene.as('machines');
      await machines.get('jobs').expect(403);
      await machines.post('jobs/purge/run').expect(403);
      expect((await api.post('jobs/nothing/run').expect(404)).body).toMatchObject({
        code: 'job.not_found',
      });
      await api.get('jobs/..%2f/runs').expect(404);
      const bad = await api.post('jobs/purge/run', { dryRun: 'yes' }).expect(422);
      expect(bad.body).toMatchObject({ fields: { dryRun: 'field.invalid' } });
    });
  },
);
