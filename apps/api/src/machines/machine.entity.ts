import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
  VersionColumn,
} from 'typeorm';
import { Member } from '../members/member.entity';
import { MachineType } from './machine-type.entity';

/** A machine of the lab. Its id is part of the topics of its board. */
@Entity('machines')
@Unique('uq_machines_name', ['name'])
@Index('ix_machines_type', ['typeId'])
@Index('ix_machines_blocked_by', ['blockedBy'])
export class Machine {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_machines' })
  id: number;

  @Column('varchar')
  name: string;

  @Column('integer', { name: 'type_id', nullable: true })
  typeId: number | null;

  @ManyToOne(() => MachineType, { nullable: true })
  @JoinColumn({ name: 'type_id', foreignKeyConstraintName: 'fk_machines_type' })
  type: Relation<MachineType> | null;

  /** Seconds that the machine has run, kept as a counter: never a sum over its uses. */
  @Column('double precision', { name: 'hours_s', default: 0 })
  hoursS: number;

  @Column('boolean', { default: false })
  blocked: boolean;

  @Column('varchar', { name: 'blocked_reason', nullable: true })
  blockedReason: string | null;

  @Column('integer', { name: 'blocked_by', nullable: true })
  blockedBy: number | null;

  @ManyToOne(() => Member, { nullable: true })
  @JoinColumn({ name: 'blocked_by', foreignKeyConstraintName: 'fk_machines_blocked_by' })
  blocker: Relation<Member> | null;

  @Column('double precision', { name: 'blocked_at', nullable: true })
  blockedAt: number | null;

  /** Epoch seconds of the last message of its board, up to 30 s old (kept in memory between). */
  @Column('double precision', { name: 'last_seen_at', nullable: true })
  lastSeenAt: number | null;

  @Column('double precision', { name: 'created_at' })
  createdAt: number;

  @VersionColumn({ default: 1 })
  version: number;
}
