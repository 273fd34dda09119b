import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import {
  idColumn,
  index,
  integerColumn,
  nullable,
  secondsColumn,
  textColumn,
} from './schema-parts';

/** Who gave which boards new firmware, and what became of it. */
export class FirmwareRollouts1764001000000 implements MigrationInterface {
  name = 'FirmwareRollouts1764001000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'firmware_rollouts',
        columns: [
          idColumn('firmware_rollouts'),
          secondsColumn('started_at'),
          secondsColumn('ended_at', nullable),
          textColumn('outcome'),
          integerColumn('member_id', nullable),
          textColumn('file_name'),
          textColumn('md5'),
          integerColumn('size_bytes'),
          textColumn('version', nullable),
          textColumn('boards_json'),
        ],
        indices: [index('ix_firmware_rollouts_started', 'started_at')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('firmware_rollouts');
  }
}
