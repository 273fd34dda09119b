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

/** A mail that waits (`nextTryAt`), was sent (`sentAt`), or was given up (neither). */
@Entity('outgoing_mails')
@Index('ix_outgoing_mails_member', ['memberId'])
@Index('ix_outgoing_mails_next_try', ['nextTryAt'])
@Index('ix_outgoing_mails_created', ['createdAt'])
export class OutgoingMail {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_outgoing_mails' })
  id: number;

  /** What it is about: 'password-link'. */
  @Column('varchar')
  kind: string;

  @Column('integer', { name: 'member_id', nullable: true })
  memberId: number | null;

  @ManyToOne(() => Member, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'member_id', foreignKeyConstraintName: 'fk_outgoing_mails_member' })
  member: Relation<Member> | null;

  @Column('varchar')
  recipient: string;

  /** Sealed, because a link to set a password is as good as one; null once it is not needed. */
  @Column('varchar', { name: 'sealed_content', nullable: true })
  sealedContent: string | null;

  @Column('double precision', { name: 'created_at' })
  createdAt: number;

  @Column('integer', { default: 0 })
  attempts: number;

  @Column('double precision', { name: 'next_try_at', nullable: true })
  nextTryAt: number | null;

  @Column('double precision', { name: 'sent_at', nullable: true })
  sentAt: number | null;

  @Column('varchar', { name: 'last_error', nullable: true })
  lastError: string | null;
}
