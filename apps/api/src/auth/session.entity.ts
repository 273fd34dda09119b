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

/** A member who is logged in somewhere. A session that has ended is a row that is gone. */
@Entity('sessions')
@Index('ix_sessions_member', ['memberId'])
@Index('ix_sessions_expires', ['expiresAt'])
export class Session {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_sessions' })
  id: number;

  @Column('integer', { name: 'member_id' })
  memberId: number;

  @ManyToOne(() => Member, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'member_id', foreignKeyConstraintName: 'fk_sessions_member' })
  member: Relation<Member>;

  /** SHA-256 of the refresh token that is good now. */
  @Column('varchar', { name: 'refresh_hash' })
  refreshHash: string;

  /** Of the one before: other tabs may still hold it for a moment. */
  @Column('varchar', { name: 'previous_hash', nullable: true })
  previousHash: string | null;

  /** When the refresh token was last exchanged: the last sign of life. */
  @Column('double precision', { name: 'rotated_at' })
  rotatedAt: number;

  @Column('double precision', { name: 'created_at' })
  createdAt: number;

  @Column('double precision', { name: 'expires_at' })
  expiresAt: number;

  @Column('varchar', { nullable: true })
  ip: string | null;

  @Column('varchar', { name: 'user_agent', nullable: true })
  userAgent: string | null;
}
