import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm';
import { Machine } from '../machines/machine.entity';
import { Member } from './member.entity';

/** One member may use one machine. */
@Entity('authorizations')
@Unique('uq_authorizations_member_machine', ['memberId', 'machineId'])
@Index('ix_authorizations_machine', ['machineId'])
export class Authorization {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_authorizations' })
  id: number;

  @Column('integer', { name: 'member_id' })
  memberId: number;

  @ManyToOne(() => Member)
  @JoinColumn({ name: 'member_id', foreignKeyConstraintName: 'fk_authorizations_member' })
  member: Relation<Member>;

  @Column('integer', { name: 'machine_id' })
  machineId: number;

  @ManyToOne(() => Machine)
  @JoinColumn({ name: 'machine_id', foreignKeyConstraintName: 'fk_authorizations_machine' })
  machine: Relation<Machine>;

  @Column('double precision', { name: 'created_at' })
  createdAt: number;
}
