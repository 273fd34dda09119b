import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How many uses a member has on a machine. Triggers on `uses` write it, and nobody else. */
@Entity('use_counts', { withoutRowid: true })
export class UseCount {
  @PrimaryColumn('integer', {
    name: 'machine_id',
    primaryKeyConstraintName: 'pk_use_counts',
  })
  machineId: number;

  /** 0: uses of nobody, which is no member's id. */
  @PrimaryColumn('integer', { name: 'member_id', primaryKeyConstraintName: 'pk_use_counts' })
  memberId: number;

  @Column('integer', { default: 0 })
  uses: number;
}
