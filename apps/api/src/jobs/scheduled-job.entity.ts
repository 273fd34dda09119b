import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A job that this database knows. */
@Entity('scheduled_jobs')
@Unique('uq_scheduled_jobs_name', ['name'])
export class ScheduledJob {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_scheduled_jobs' })
  id: number;

  @Column('varchar')
  name: string;

  /** Epoch seconds; what was due before was not missed. */
  @Column('double precision', { name: 'known_since' })
  knownSince: number;
}
