import type { MigrationInterface, QueryRunner } from 'typeorm';
import { index } from './schema-parts';

const TABLE = 'audit_entries';
/** The page of the trail shows the newest entries of a kind, a record or somebody: each has its index. */
const ADDED = [
  index('ix_audit_entries_subject', 'subject', 'at'),
  index('ix_audit_entries_record', 'subject', 'subject_id', 'at'),
  index('ix_audit_entries_actor_kind', 'actor_kind', 'at'),
  index('ix_audit_entries_actor', 'actor_kind', 'actor_id', 'at'),
  index('ix_audit_entries_actor_subject', 'actor_kind', 'actor_id', 'subject', 'at'),
  index('ix_audit_entries_action', 'action', 'at'),
  index('ix_audit_entries_subject_action', 'subject', 'action', 'at'),
  index('ix_audit_entries_correlation', 'correlation_id'),
];
const BEFORE = [
  index('ix_audit_entries_subject', 'subject', 'subject_id'),
  index('ix_audit_entries_actor', 'actor_kind', 'actor_id'),
];

export class AuditIndexes1764001100000 implements MigrationInterface {
  name = 'AuditIndexes1764001100000';

  async up(runner: QueryRunner): Promise<void> {
    for (const { name } of BEFORE) await runner.query(`DROP INDEX ${name}`);
    for (const { name, columnNames } of ADDED) {
      await runner.query(`CREATE INDEX ${name} ON ${TABLE} (${columnNames.join(', ')})`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of ADDED) await runner.query(`DROP INDEX ${name}`);
    for (const { name, columnNames } of BEFORE) {
      await runner.query(`CREATE INDEX ${name} ON ${TABLE} (${columnNames.join(', ')})`);
    }
  }
}
