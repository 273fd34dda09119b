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
import { Machine } from '../machines/machine.entity';

/** A card that no member has, presented at a machine: offered for adoption in the portal. */
@Entity('unrecognised_cards')
@Unique('uq_unrecognised_cards_uid_machine', ['uid', 'machineId'])
@Index('ix_unrecognised_cards_machine', ['machineId'])
@Index('ix_unrecognised_cards_last_seen', ['lastSeenAt'])
export class UnrecognisedCard {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_unrecognised_cards' })
  id: number;

  @Column('varchar')
  uid: string;

  @Column('integer', { name: 'machine_id' })
  machineId: number;

  @ManyToOne(() => Machine)
  @JoinColumn({ name: 'machine_id', foreignKeyConstraintName: 'fk_unrecognised_cards_machine' })
  machine: Relation<Machine>;

  @Column('double precision', { name: 'first_seen_at' })
  firstSeenAt: number;

  @Column('double precision', { name: 'last_seen_at' })
  lastSeenAt: number;

  /** How often it was presented there. */
  @Column('integer', { default: 1 })
  times: number;
}
