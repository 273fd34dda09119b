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

/** Mails that wait to be sent, and what became of those before. The content goes once it is sent. */
export class OutgoingMails1764000510000 implements MigrationInterface {
  name = 'OutgoingMails1764000510000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'outgoing_mails',
        columns: [
          idColumn('outgoing_mails'),
          textColumn('kind'),
          integerColumn('member_id', nullable),
          textColumn('recipient'),
          textColumn('sealed_content', nullable),
          secondsColumn('created_at'),
          integerColumn('attempts', { default: '0' }),
          secondsColumn('next_try_at', nullable),
          secondsColumn('sent_at', nullable),
          textColumn('last_error', nullable),
        ],
        foreignKeys: [
          {
            ...reference('fk_outgoing_mails_member', 'member_id', 'members'),
            onDelete: 'SET NULL',
          },
        ],
        indices: [
          index('ix_outgoing_mails_member', 'member_id'),
          index('ix_outgoing_mails_next_try', 'next_try_at'),
          index('ix_outgoing_mails_created', 'created_at'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('outgoing_mails');
  }
}
