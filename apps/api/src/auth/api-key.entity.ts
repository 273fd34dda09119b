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

/** A key by which a program uses the REST API. */
@Entity('api_keys')
@Unique('uq_api_keys_token', ['tokenHash'])
@Index('ix_api_keys_created_by', ['createdBy'])
export class ApiKey {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_api_keys' })
  id: number;

  @Column('varchar')
  name: string;

  @Column('varchar', { name: 'token_hash' })
  tokenHash: string;

  /** Separated by blanks: 'read machines'. */
  @Column('varchar')
  permissions: string;

  @Column('integer', { name: 'created_by', nullable: true })
  createdBy: number | null;

  @ManyToOne(() => Member, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'created_by', foreignKeyConstraintName: 'fk_api_keys_created_by' })
  creator: Relation<Member> | null;

  @Column('double precision', { name: 'created_at' })
  createdAt: number;

  @Column('double precision', { name: 'expires_at' })
  expiresAt: number;

  @Column('double precision', { name: 'last_used_at', nullable: true })
  lastUsedAt: number | null;

  @Column('varchar', { name: 'last_used_ip', nullable: true })
  lastUsedIp: string | null;

  @Column('double precision', { name: 'revoked_at', nullable: true })
  revokedAt: number | null;
}
