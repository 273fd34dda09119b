import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { Machine } from '../machines/machine.entity';
import { MaintenancePlan } from '../maintenance/maintenance-plan.entity';

/** What is wrong with a machine and was told already; gone when it is over. */
@Entity('machine_alerts')
@Index('ix_machine_alerts_machine', ['machineId'])
@Index('ix_machine_alerts_plan', ['planId'])
export class MachineAlert {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_machine_alerts' })
  id: number;

  /** 'offline', or 'maintenance' with a plan. */
  @Column('varchar')
  kind: string;

  @Column('integer', { name: 'machine_id' })
  machineId: number;

  @ManyToOne(() => Machine, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'machine_id', foreignKeyConstraintName: 'fk_machine_alerts_machine' })
  machine: Relation<Machine>;

  @Column('integer', { name: 'plan_id', nullable: true })
  planId: number | null;

  @ManyToOne(() => MaintenancePlan, { onDelete: 'CASCADE', nullable: true })
  @JoinColumn({ name: 'plan_id', foreignKeyConstraintName: 'fk_machine_alerts_plan' })
  plan: Relation<MaintenancePlan> | null;

  @Column('double precision')
  since: number;
}
