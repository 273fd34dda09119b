import type { JobOutcome, JobTrigger } from '@fabomatic/system';
import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** One run of a job. */
@Entity('job_runs')
@Index('ix_job_runs_job_started', ['job', 'startedAt'])
export class JobRun {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_job_runs' })
  id: number;

  @Column('varchar')
  job: string;

  @Column('double precision', { name: 'started_at' })
  startedAt: number;

  @Column('double precision', { name: 'ended_at', nullable: true })
  endedAt: number | null;

  @Column('varchar')
  outcome: JobOutcome;

  @Column('boolean', { name: 'is_dry_run', default: false })
  isDryRun: boolean;

  @Column('varchar', { name: 'triggered_by' })
  triggeredBy: JobTrigger;

  /** Who asked for it; no foreign key, as in the audit trail. */
  @Column('integer', { name: 'member_id', nullable: true })
  memberId: number | null;

  /** {kind: how many} */
  @Column('varchar', { name: 'summary_json', nullable: true })
  summaryJson: string | null;

  @Column('varchar', { nullable: true })
  error: string | null;
}
