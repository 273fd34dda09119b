import {
  Column,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm';
import { Member } from '../members/member.entity';

/** The authenticator app of a member. */
@Entity('second_factors')
@Unique('uq_second_factors_member', ['memberId'])
export class SecondFactor {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_second_factors' })
  id: number;

  @Column('integer', { name: 'member_id' })
  memberId: number;

  @ManyToOne(() => Member, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'member_id', foreignKeyConstraintName: 'fk_second_factors_member' })
  member: Relation<Member>;

  /** What the app was given; sealed, since codes are computed from it. */
  @Column('varchar', { name: 'sealed_secret' })
  sealedSecret: string;

  @Column('double precision', { name: 'created_at' })
  createdAt: number;

  /** Null until the first code was right: before that nobody is asked for one. */
  @Column('double precision', { name: 'confirmed_at', nullable: true })
  confirmedAt: number | null;

  /** The latest half minute whose code was used: a code works once. */
  @Column('integer', { name: 'last_step', default: 0 })
  lastStep: number;
}
