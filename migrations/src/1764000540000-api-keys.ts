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

/** Keys of programs that use the REST API, as hashes. Revoked ones stay, for the audit trail. */
export class ApiKeys1764000540000 implements MigrationInterface {
  name = 'ApiKeys1764000540000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'api_keys',
        columns: [
          idColumn('api_keys'),
          textColumn('name'),
          textColumn('token_hash'),
          textColumn('permissions'),
          integerColumn('created_by', nullable),
          secondsColumn('created_at'),
          secondsColumn('expires_at'),
          secondsColumn('last_used_at', nullable),
          textColumn('last_used_ip', nullable),
          secondsColumn('revoked_at', nullable),
        ],
        uniques: [{ name: 'uq_api_keys_token', columnNames: ['token_hash'] }],
        foreignKeys: [
          { ...reference('fk_api_keys_created_by', 'created_by', 'members'), onDelete: 'SET NULL' },
        ],
        indices: [index('ix_api_keys_created_by', 'created_by')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('api_keys');
  }
}
