import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import {
  flagColumn,
  idColumn,
  index,
  integerColumn,
  nullable,
  secondsColumn,
  textColumn,
} from './schema-parts';

/**
 * What runs by the clock, and what became of it. `scheduled_jobs` remembers since when a job is
 * known: what was due before that was not missed.
 */
export class Jobs1764000700000 implements MigrationInterface {
  name = 'Jobs1764000700000';

  async up(runner: QueryRunner): Promise<void> {
    const database = runner.dataSource.options.type;
    await runner.createTable(
      new Table({
        name: 'scheduled_jobs',
        columns: [idColumn('scheduled_jobs'), textColumn('name'), secondsColumn('known_since')],
        uniques: [{ name: 'uq_scheduled_jobs_name', columnNames: ['name'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'job_runs',
        columns: [
          idColumn('job_runs'),
          textColumn('job'),
          secondsColumn('started_at'),
          secondsColumn('ended_at', nullable),
          textColumn('outcome'),
          flagColumn('is_dry_run', database),
          textColumn('triggered_by'),
          integerColumn('member_id', nullable),
          textColumn('summary_json', nullable),
          textColumn('error', nullable),
        ],
        indices: [index('ix_job_runs_job_started', 'job', 'started_at')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('job_runs');
    await runner.dropTable('scheduled_jobs');
  }
}
