import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { Member } from './member.entity';

/** An RFID card. A number belongs to one member at a time; a revoked card may be given again. */
@Entity('cards')
@Index('ix_cards_member', ['memberId'])
@Index('uq_cards_active_uid', ['uid'], { unique: true, where: 'revoked_at IS NULL' })
export class Card {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_cards' })
  id: number;

  @Column('integer', { name: 'member_id' })
  memberId: number;

  @ManyToOne(() => Member)
  @JoinColumn({ name: 'member_id', foreignKeyConstraintName: 'fk_cards_member' })
  member: Relation<Member>;

  /** As the boards send it: 8 lower-case hexadecimal digits. */
  @Column('varchar')
  uid: string;

  @Column('varchar', { nullable: true })
  label: string | null;

  @Column('double precision', { name: 'created_at' })
  createdAt: number;

  @Column('double precision', { name: 'revoked_at', nullable: true })
  revokedAt: number | null;
}
