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
import { Member } from '../members/member.entity';

/** A link that sets a password once. */
@Entity('password_links')
@Unique('uq_password_links_token', ['tokenHash'])
@Index('ix_password_links_member', ['memberId'])
export class PasswordLink {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_password_links' })
  id: number;

  @Column('integer', { name: 'member_id' })
  memberId: number;

  @ManyToOne(() => Member, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'member_id', foreignKeyConstraintName: 'fk_password_links_member' })
  member: Relation<Member>;

  /** SHA-256 of what stands in the link. */
  @Column('varchar', { name: 'token_hash' })
  tokenHash: string;

  @Column('double precision', { name: 'created_at' })
  createdAt: number;

  @Column('double precision', { name: 'expires_at' })
  expiresAt: number;
}
