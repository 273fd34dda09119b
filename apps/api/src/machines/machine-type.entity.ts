import { Column, Entity, PrimaryGeneratedColumn, Unique, VersionColumn } from 'typeorm';

/** `authorization`: only members with one; `open`: every member. */
export type MachineAccess = 'authorization' | 'open';

/** What machines of one kind have in common. */
@Entity('machine_types')
@Unique('uq_machine_types_name', ['name'])
export class MachineType {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_machine_types' })
  id: number;

  @Column('varchar')
  name: string;

  /** Minutes after which a board ends a use by itself; 0: never. */
  @Column('integer', { name: 'timeout_min' })
  timeoutMin: number;

  /** Minutes that the machine stays on after the card is taken away. */
  @Column('integer', { name: 'grace_min' })
  graceMin: number;

  @Column('varchar', { default: 'authorization' })
  access: MachineAccess;

  @VersionColumn({ default: 1 })
  version: number;
}
