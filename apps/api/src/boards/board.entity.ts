import {
  Column,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm';
import { Machine } from '../machines/machine.entity';

/** A Fab-O-Matic board, as it announced itself for a machine. */
@Entity('boards')
@Unique('uq_boards_machine_serial', ['machineId', 'serial'])
export class Board {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_boards' })
  id: number;

  @Column('integer', { name: 'machine_id' })
  machineId: number;

  @ManyToOne(() => Machine)
  @JoinColumn({ name: 'machine_id', foreignKeyConstraintName: 'fk_boards_machine' })
  machine: Relation<Machine>;

  /** Empty: a firmware that does not send one yet. */
  @Column('varchar', { default: '' })
  serial: string;

  @Column('varchar')
  ip: string;

  @Column('varchar')
  firmware: string;

  /** Free memory in bytes; null: a firmware that does not send it. */
  @Column('integer', { nullable: true })
  heap: number | null;

  @Column('double precision', { name: 'first_seen_at' })
  firstSeenAt: number;

  @Column('double precision', { name: 'last_seen_at' })
  lastSeenAt: number;
}
