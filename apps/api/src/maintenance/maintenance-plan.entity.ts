import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
  VersionColumn,
} from 'typeorm';
import { Machine } from '../machines/machine.entity';

/** Work that a machine needs each time it has run for so long. */
@Entity('maintenance_plans')
@Index('ix_maintenance_plans_machine', ['machineId'])
export class MaintenancePlan {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_maintenance_plans' })
  id: number;

  @Column('integer', { name: 'machine_id' })
  machineId: number;

  @ManyToOne(() => Machine)
  @JoinColumn({ name: 'machine_id', foreignKeyConstraintName: 'fk_maintenance_plans_machine' })
  machine: Relation<Machine>;

  @Column('varchar')
  description: string;

  /** What the board shows when it is due. */
  @Column('varchar', { name: 'lcd_message', default: '' })
  lcdMessage: string;

  /** Seconds of use between two interventions. */
  @Column('double precision', { name: 'interval_s' })
  intervalS: number;

  @Column('varchar', { name: 'instructions_url', nullable: true })
  instructionsUrl: string | null;

  /** Seconds of use since the last intervention: a counter, never a sum over the uses. */
  @Column('double precision', { name: 'elapsed_s', default: 0 })
  elapsedS: number;

  @Column('double precision', { name: 'last_done_at', nullable: true })
  lastDoneAt: number | null;

  @Column('double precision', { name: 'created_at' })
  createdAt: number;

  @VersionColumn({ default: 1 })
  version: number;
}
