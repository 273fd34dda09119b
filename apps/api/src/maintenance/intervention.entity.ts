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
import { Member } from '../members/member.entity';
import { MaintenancePlan } from './maintenance-plan.entity';

/** A plan's work was done. */
@Entity('interventions')
@Index('ix_interventions_plan_done', ['planId', 'doneAt'])
@Index('ix_interventions_machine_done', ['machineId', 'doneAt'])
@Index('ix_interventions_member', ['memberId'])
@Index('ix_interventions_done', ['doneAt'])
export class Intervention {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_interventions' })
  id: number;

  @Column('integer', { name: 'plan_id' })
  planId: number;

  @ManyToOne(() => MaintenancePlan)
  @JoinColumn({ name: 'plan_id', foreignKeyConstraintName: 'fk_interventions_plan' })
  plan: Relation<MaintenancePlan>;

  @Column('integer', { name: 'machine_id' })
  machineId: number;

  @ManyToOne(() => Machine)
  @JoinColumn({ name: 'machine_id', foreignKeyConstraintName: 'fk_interventions_machine' })
  machine: Relation<Machine>;

  @Column('integer', { name: 'member_id', nullable: true })
  memberId: number | null;

  @ManyToOne(() => Member, { nullable: true })
  @JoinColumn({ name: 'member_id', foreignKeyConstraintName: 'fk_interventions_member' })
  member: Relation<Member> | null;

  @Column('double precision', { name: 'done_at' })
  doneAt: number;

  /** Sent by the board after it had been offline. */
  @Column('boolean', { default: false })
  replayed: boolean;

  @Column('varchar', { nullable: true })
  note: string | null;

  @VersionColumn({ default: 1 })
  version: number;
}
