import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import {
  idColumn,
  index,
  integerColumn,
  nullable,
  secondsColumn,
  textColumn,
} from './schema-parts';

/**
 * Who changed what. Rows are only ever added: each carries the hash of the one before, and the one
 * row of `audit_head` knows the last hash and makes writers wait for each other. What is personal
 * stands in `details_json`, of which only the digest is sealed: it can be erased, the chain holds.
 */
export class AuditTrail1764000100000 implements MigrationInterface {
  name = 'AuditTrail1764000100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'audit_entries',
        columns: [
          idColumn('audit_entries'),
          secondsColumn('at'),
          textColumn('actor_kind'),
          integerColumn('actor_id', nullable),
          textColumn('action'),
          textColumn('subject'),
          integerColumn('subject_id', nullable),
          textColumn('correlation_id', nullable),
          textColumn('details_json', nullable),
          textColumn('details_digest'),
          textColumn('previous_hash'),
          textColumn('hash'),
        ],
        uniques: [{ name: 'uq_audit_entries_hash', columnNames: ['hash'] }],
        indices: [
          index('ix_audit_entries_at', 'at'),
          index('ix_audit_entries_subject', 'subject', 'subject_id'),
          index('ix_audit_entries_actor', 'actor_kind', 'actor_id'),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'audit_head',
        columns: [idColumn('audit_head'), textColumn('hash')],
      }),
    );
    await runner.query("INSERT INTO audit_head (hash) VALUES ('')");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('audit_head');
    await runner.dropTable('audit_entries');
  }
}
