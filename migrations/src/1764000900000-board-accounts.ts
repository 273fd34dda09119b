import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import {
  idColumn,
  integerColumn,
  nullable,
  reference,
  secondsColumn,
  textColumn,
} from './schema-parts';

/** What boards log in to the broker with, as hashes: one account for the board of each machine. */
export class BoardAccounts1764000900000 implements MigrationInterface {
  name = 'BoardAccounts1764000900000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'board_accounts',
        columns: [
          idColumn('board_accounts'),
          integerColumn('machine_id'),
          textColumn('password_hash'),
          textColumn('switch_topic', nullable),
          secondsColumn('created_at'),
          secondsColumn('first_used_at', nullable),
          secondsColumn('last_used_at', nullable),
        ],
        uniques: [{ name: 'uq_board_accounts_machine', columnNames: ['machine_id'] }],
        foreignKeys: [reference('fk_board_accounts_machine', 'machine_id', 'machines')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('board_accounts');
  }
}
