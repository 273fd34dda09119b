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

/** Who wrote the use: a board, a person in the portal, or an import. */
export type UseSource = 'board' | 'manual' | 'import';

/** What ended the use. */
export type UseClosedBy = 'stop' | 'silence' | 'idle' | 'superseded' | 'manual' | 'import';

/** One use of a machine, open until `endedAt` is set. */
@Entity('uses')
@Index('uq_uses_open', ['machineId'], { unique: true, where: 'ended_at IS NULL' })
@Index('ix_uses_machine_started', ['machineId', 'startedAt', 'id', 'memberId', 'durationS'])
@Index('ix_uses_member_started', ['memberId', 'startedAt', 'id', 'machineId', 'durationS'])
@Index('ix_uses_started', ['startedAt', 'id', 'machineId', 'memberId', 'durationS'])
@Index('ix_uses_replayed', ['startedAt'], { where: 'replayed' })
@Index('ix_uses_estimated', ['startedAt'], { where: 'estimated' })
@Index('ix_uses_unauthorised', ['startedAt'], { where: 'NOT authorized' })
@Index('ix_uses_length', ['durationS', 'id', 'startedAt', 'machineId', 'memberId'], {
  where: 'duration_s IS NOT NULL',
})
@Index('ix_uses_elsewhere', ['source', 'startedAt'], { where: "source <> 'board'" })
export class Use {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_uses' })
  id: number;

  @Column('integer', { name: 'machine_id' })
  machineId: number;

  @ManyToOne(() => Machine)
  @JoinColumn({ name: 'machine_id', foreignKeyConstraintName: 'fk_uses_machine' })
  machine: Relation<Machine>;

  @Column('integer', { name: 'member_id', nullable: true })
  memberId: number | null;

  @ManyToOne(() => Member, { nullable: true })
  @JoinColumn({ name: 'member_id', foreignKeyConstraintName: 'fk_uses_member' })
  member: Relation<Member> | null;

  @Column('varchar', { name: 'card_uid', nullable: true })
  cardUid: string | null;

  @Column('double precision', { name: 'started_at' })
  startedAt: number;

  @Column('double precision', { name: 'last_seen_at' })
  lastSeenAt: number;

  @Column('double precision', { name: 'ended_at', nullable: true })
  endedAt: number | null;

  @Column('double precision', { name: 'duration_s', nullable: true })
  durationS: number | null;

  /** Sent by the board after it had been offline. */
  @Column('boolean', { default: false })
  replayed: boolean;

  /** Start or end was not told but concluded. */
  @Column('boolean', { default: false })
  estimated: boolean;

  /** False: the board, being offline, let somebody in who was not authorised. */
  @Column('boolean')
  authorized: boolean;

  @Column('varchar', { default: 'board' })
  source: UseSource;

  @Column('varchar', { name: 'closed_by', nullable: true })
  closedBy: UseClosedBy | null;

  @VersionColumn({ default: 1 })
  version: number;
}
