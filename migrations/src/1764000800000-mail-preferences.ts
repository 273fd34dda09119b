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

const FLAGS = ['maintenance_due_mails', 'machine_offline_mails', 'machine_online_mails'];

/**
 * Which mails a member asked for, whose summary of which week was written already, and which
 * states of machines somebody was told of: no restart makes any mail go twice.
 */
export class MailPreferences1764000800000 implements MigrationInterface {
  name = 'MailPreferences1764000800000';

  async up(runner: QueryRunner): Promise<void> {
    const no = runner.dataSource.options.type === 'postgres' ? 'false' : '0';
    for (const flag of FLAGS) {
      // Plain SQL: TypeORM would build SQLite's table anew, which other tables refer to.
      await runner.query(`ALTER TABLE members ADD COLUMN ${flag} boolean NOT NULL DEFAULT ${no}`);
    }
    await runner.createTable(
      new Table({
        name: 'weekly_summaries',
        columns: [
          idColumn('weekly_summaries'),
          integerColumn('member_id'),
          secondsColumn('week_start'),
          secondsColumn('created_at'),
        ],
        foreignKeys: [
          {
            ...reference('fk_weekly_summaries_member', 'member_id', 'members'),
            onDelete: 'CASCADE',
          },
        ],
        indices: [{ ...index('uq_weekly_summaries', 'member_id', 'week_start'), isUnique: true }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'machine_alerts',
        columns: [
          idColumn('machine_alerts'),
          textColumn('kind'),
          integerColumn('machine_id'),
          integerColumn('plan_id', nullable),
          secondsColumn('since'),
        ],
        foreignKeys: [
          {
            ...reference('fk_machine_alerts_machine', 'machine_id', 'machines'),
            onDelete: 'CASCADE',
          },
          {
            ...reference('fk_machine_alerts_plan', 'plan_id', 'maintenance_plans'),
            onDelete: 'CASCADE',
          },
        ],
        indices: [
          index('ix_machine_alerts_machine', 'machine_id'),
          index('ix_machine_alerts_plan', 'plan_id'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('machine_alerts');
    await runner.dropTable('weekly_summaries');
    for (const flag of FLAGS) await runner.query(`ALTER TABLE members DROP COLUMN ${flag}`);
  }
}
