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

/**
 * Who is logged in where. A session that has ended is a row that is gone. Triggers end all sessions
 * of a member who is disabled or deleted, whichever program does it.
 */
export class Sessions1764000500000 implements MigrationInterface {
  name = 'Sessions1764000500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'sessions',
        columns: [
          idColumn('sessions'),
          integerColumn('member_id'),
          textColumn('refresh_hash'),
          textColumn('previous_hash', nullable),
          secondsColumn('rotated_at'),
          secondsColumn('created_at'),
          secondsColumn('expires_at'),
          textColumn('ip', nullable),
          textColumn('user_agent', nullable),
        ],
        foreignKeys: [
          { ...reference('fk_sessions_member', 'member_id', 'members'), onDelete: 'CASCADE' },
        ],
        indices: [
          index('ix_sessions_member', 'member_id'),
          index('ix_sessions_expires', 'expires_at'),
        ],
      }),
    );
    if (runner.dataSource.options.type === 'postgres') await createPostgresTrigger(runner);
    else await createSqliteTrigger(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    if (runner.dataSource.options.type === 'postgres') {
      await runner.query('DROP TRIGGER tg_members_end_sessions ON members');
      await runner.query('DROP FUNCTION fabomatic_end_sessions()');
    } else {
      await runner.query('DROP TRIGGER tg_members_end_sessions');
    }
    await runner.dropTable('sessions');
  }
}

async function createPostgresTrigger(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE FUNCTION fabomatic_end_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      DELETE FROM sessions WHERE member_id = NEW.id;
      RETURN NULL;
    END $$`);
  await runner.query(`
    CREATE TRIGGER tg_members_end_sessions AFTER UPDATE OF disabled, deleted_at ON members
    FOR EACH ROW WHEN (NEW.disabled OR NEW.deleted_at IS NOT NULL)
    EXECUTE FUNCTION fabomatic_end_sessions()`);
}

async function createSqliteTrigger(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TRIGGER tg_members_end_sessions AFTER UPDATE OF disabled, deleted_at ON members
    FOR EACH ROW WHEN NEW.disabled OR NEW.deleted_at IS NOT NULL
    BEGIN
      DELETE FROM sessions WHERE member_id = NEW.id;
    END`);
}
