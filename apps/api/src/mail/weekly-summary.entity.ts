import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { Member } from '../members/member.entity';

/** A week that a member was told of: never a second time. */
@Entity('weekly_summaries')
@Index('uq_weekly_summaries', ['memberId', 'weekStart'], { unique: true })
export class WeeklySummary {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_weekly_summaries' })
  id: number;

  @Column('integer', { name: 'member_id' })
  memberId: number;

  @ManyToOne(() => Member, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'member_id', foreignKeyConstraintName: 'fk_weekly_summaries_member' })
  member: Relation<Member>;

  /** Midnight of the Monday, in the lab's time zone. */
  @Column('double precision', { name: 'week_start' })
  weekStart: number;

  @Column('double precision', { name: 'created_at' })
  createdAt: number;
}
