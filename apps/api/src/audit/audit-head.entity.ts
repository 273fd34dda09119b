import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** The one row that knows the last hash of the audit trail. */
@Entity('audit_head')
export class AuditHead {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_audit_head' })
  id: number;

  @Column('varchar')
  hash: string;
}
