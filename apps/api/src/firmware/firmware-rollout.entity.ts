import type { FirmwareOutcome } from '@fabomatic/boards';
import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** One run of new firmware to boards. */
@Entity('firmware_rollouts')
@Index('ix_firmware_rollouts_started', ['startedAt'])
export class FirmwareRollout {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_firmware_rollouts' })
  id: number;

  @Column('double precision', { name: 'started_at' })
  startedAt: number;

  @Column('double precision', { name: 'ended_at', nullable: true })
  endedAt: number | null;

  @Column('varchar')
  outcome: FirmwareOutcome;

  /** Who started it; no foreign key, as in the audit trail. */
  @Column('integer', { name: 'member_id', nullable: true })
  memberId: number | null;

  @Column('varchar', { name: 'file_name' })
  fileName: string;

  @Column('varchar')
  md5: string;

  @Column('integer', { name: 'size_bytes' })
  sizeBytes: number;

  @Column('varchar', { nullable: true })
  version: string | null;

  /** [FirmwareBoard] */
  @Column('varchar', { name: 'boards_json' })
  boardsJson: string;
}
