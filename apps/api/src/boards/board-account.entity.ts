import {
  Column,
  Entity,
  JoinColumn,
  OneToOne,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm';
import { Machine } from '../machines/machine.entity';

/** What the board of one machine logs in to the broker with. */
@Entity('board_accounts')
@Unique('uq_board_accounts_machine', ['machineId'])
export class BoardAccount {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_board_accounts' })
  id: number;

  @Column('integer', { name: 'machine_id' })
  machineId: number;

  @OneToOne(() => Machine)
  @JoinColumn({ name: 'machine_id', foreignKeyConstraintName: 'fk_board_accounts_machine' })
  machine: Relation<Machine>;

  /** As Mosquitto writes it: `$7$<rounds>$<salt>$<hash>`. */
  @Column('varchar', { name: 'password_hash' })
  passwordHash: string;

  /** Where the board switches the machine by a switch on the network; null: it has none. */
  @Column('varchar', { name: 'switch_topic', nullable: true })
  switchTopic: string | null;

  @Column('double precision', { name: 'created_at' })
  createdAt: number;

  /** null: no board has logged in with it yet. */
  @Column('double precision', { name: 'first_used_at', nullable: true })
  firstUsedAt: number | null;

  @Column('double precision', { name: 'last_used_at', nullable: true })
  lastUsedAt: number | null;
}
