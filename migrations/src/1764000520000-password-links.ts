import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import {
  idColumn,
  index,
  integerColumn,
  reference,
  secondsColumn,
  textColumn,
} from './schema-parts';

/** Links to set a password, as hashes. One that was used is a row that is gone. */
export class PasswordLinks1764000520000 implements MigrationInterface {
  name = 'PasswordLinks1764000520000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'password_links',
        columns: [
          idColumn('password_links'),
          integerColumn('member_id'),
          textColumn('token_hash'),
          secondsColumn('created_at'),
          secondsColumn('expires_at'),
        ],
        uniques: [{ name: 'uq_password_links_token', columnNames: ['token_hash'] }],
        foreignKeys: [
          { ...reference('fk_password_links_member', 'member_id', 'members'), onDelete: 'CASCADE' },
        ],
        indices: [index('ix_password_links_member', 'member_id')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('password_links');
  }
}
