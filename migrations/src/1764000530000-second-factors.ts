import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import {
  idColumn,
  index,
  integerColumn,
  nullable,
  reference,
  secondsColumn,
  textColumn,
} from './schema-parts';

/** Authenticator apps of members, and the codes for when the phone is gone, as hashes. */
export class SecondFactors1764000530000 implements MigrationInterface {
  name = 'SecondFactors1764000530000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'second_factors',
        columns: [
          idColumn('second_factors'),
          integerColumn('member_id'),
          textColumn('sealed_secret'),
          secondsColumn('created_at'),
          secondsColumn('confirmed_at', nullable),
          integerColumn('last_step', { default: '0' }),
        ],
        uniques: [{ name: 'uq_second_factors_member', columnNames: ['member_id'] }],
        foreignKeys: [
          { ...reference('fk_second_factors_member', 'member_id', 'members'), onDelete: 'CASCADE' },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'recovery_codes',
        columns: [idColumn('recovery_codes'), integerColumn('member_id'), textColumn('code_hash')],
        foreignKeys: [
          { ...reference('fk_recovery_codes_member', 'member_id', 'members'), onDelete: 'CASCADE' },
        ],
        indices: [index('ix_recovery_codes_member', 'member_id')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('recovery_codes');
    await runner.dropTable('second_factors');
  }
}
