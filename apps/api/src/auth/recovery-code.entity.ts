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

/** Stands in for the authenticator app once; one that was used is a row that is gone. */
@Entity('recovery_codes')
@Index('ix_recovery_codes_member', ['memberId'])
export class RecoveryCode {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_recovery_codes' })
  id: number;

  @Column('integer', { name: 'member_id' })
  memberId: number;

  @ManyToOne(() => Member, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'member_id', foreignKeyConstraintName: 'fk_recovery_codes_member' })
  member: Relation<Member>;

  @Column('varchar', { name: 'code_hash' })
  codeHash: string;
}
