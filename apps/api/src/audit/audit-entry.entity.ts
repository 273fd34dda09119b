import type { ActorKind } from '@fabomatic/system';
import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** One change: only ever added, each row sealed by the hash of the one before. */
@Entity('audit_entries')
@Unique('uq_audit_entries_hash', ['hash'])
@Index('ix_audit_entries_at', ['at'])
@Index('ix_audit_entries_subject', ['subject', 'at'])
@Index('ix_audit_entries_record', ['subject', 'subjectId', 'at'])
@Index('ix_audit_entries_actor_kind', ['actorKind', 'at'])
@Index('ix_audit_entries_actor', ['actorKind', 'actorId', 'at'])
@Index('ix_audit_entries_actor_subject', ['actorKind', 'actorId', 'subject', 'at'])
@Index('ix_audit_entries_action', ['action', 'at'])
@Index('ix_audit_entries_subject_action', ['subject', 'action', 'at'])
@Index('ix_audit_entries_correlation', ['correlationId'])
export class AuditEntry {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_audit_entries' })
  id: number;

  @Column('double precision')
  at: number;

  @Column('varchar', { name: 'actor_kind' })
  actorKind: ActorKind;

  /** No foreign key: the trail outlives those who are in it. */
  @Column('integer', { name: 'actor_id', nullable: true })
  actorId: number | null;

  @Column('varchar')
  action: string;

  /** Kind of record: 'member', 'machine-type'. */
  @Column('varchar')
  subject: string;

  @Column('integer', { name: 'subject_id', nullable: true })
  subjectId: number | null;

  @Column('varchar', { name: 'correlation_id', nullable: true })
  correlationId: string | null;

  /** Names, address, before and after; null once somebody in it was erased. */
  @Column('varchar', { name: 'details_json', nullable: true })
  detailsJson: string | null;

  /** SHA-256 of the details, which stays. */
  @Column('varchar', { name: 'details_digest' })
  detailsDigest: string;

  @Column('varchar', { name: 'previous_hash' })
  previousHash: string;

  @Column('varchar')
  hash: string;
}
