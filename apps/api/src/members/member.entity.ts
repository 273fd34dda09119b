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
import { Role } from './role.entity';

/** A person of the lab. */
@Entity('members')
@Index('ix_members_email', ['email'])
@Index('ix_members_role', ['roleId'])
@Index('uq_members_email_key', ['emailKey'], { unique: true })
export class Member {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_members' })
  id: number;

  @Column('varchar', { name: 'first_name' })
  firstName: string;

  @Column('varchar', { name: 'last_name' })
  lastName: string;

  @Column('varchar', { nullable: true })
  email: string | null;

  /** The address in small letters, by which it is one member's; null: none, or imported twice. */
  @Column('varchar', { name: 'email_key', nullable: true })
  emailKey: string | null;

  @Column('integer', { name: 'role_id' })
  roleId: number;

  @ManyToOne(() => Role)
  @JoinColumn({ name: 'role_id', foreignKeyConstraintName: 'fk_members_role' })
  role: Relation<Role>;

  @Column('boolean', { default: false })
  disabled: boolean;

  /** Epoch seconds; a deleted member stays, because uses and interventions refer to it. */
  @Column('double precision', { name: 'deleted_at', nullable: true })
  deletedAt: number | null;

  /** Rows of `authorizations` that the deletion removed, for when the member is restored. */
  @Column('varchar', { name: 'removed_authorizations_json', nullable: true })
  removedAuthorizationsJson: string | null;

  /** Null: no access to the portal with a password. */
  @Column('varchar', { name: 'password_hash', nullable: true })
  passwordHash: string | null;

  @Column('boolean', { name: 'must_change_password', default: false })
  mustChangePassword: boolean;

  @Column('boolean', { name: 'weekly_summary', default: false })
  weeklySummary: boolean;

  @Column('boolean', { name: 'maintenance_due_mails', default: false })
  maintenanceDueMails: boolean;

  @Column('boolean', { name: 'machine_offline_mails', default: false })
  machineOfflineMails: boolean;

  @Column('boolean', { name: 'machine_online_mails', default: false })
  machineOnlineMails: boolean;

  /** Language of mails and of the portal; null: the lab's. */
  @Column('varchar', { nullable: true })
  language: string | null;

  /** The day of the signature under the privacy notice: '2026-11-24', which compares as a text. */
  @Column('varchar', { name: 'consent_at', nullable: true })
  consentAt: string | null;

  /** The last day of the membership; null: no end is known. */
  @Column('varchar', { name: 'membership_ends_on', nullable: true })
  membershipEndsOn: string | null;

  @Column('double precision', { name: 'created_at' })
  createdAt: number;

  @VersionColumn({ default: 1 })
  version: number;
}
