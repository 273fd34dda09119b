import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { integerColumn } from './schema-parts';

/** Whose uses stand together, in the order of the list; what lists filter and sort by goes along. */
const WIDE = {
  ix_uses_machine_started: ['machine_id', 'started_at', 'id', 'member_id', 'duration_s'],
  ix_uses_member_started: ['member_id', 'started_at', 'id', 'machine_id', 'duration_s'],
};
const NARROW = {
  ix_uses_machine_started: ['machine_id', 'started_at'],
  ix_uses_member_started: ['member_id', 'started_at'],
};

/**
 * How many uses each member has on each machine (docs/decisions/0027-kept-counts-of-uses.md). Triggers
 * keep the figures, so that no way of writing can forget them. They belong to the table `uses`: a
 * migration that builds it anew (TypeORM does so on SQLite when a column changes) must make them again.
 */
export class UseCounts1764001300000 implements MigrationInterface {
  name = 'UseCounts1764001300000';

  async up(runner: QueryRunner): Promise<void> {
    await replaceIndexes(runner, WIDE);
    await runner.createTable(
      new Table({
        name: 'use_counts',
        withoutRowid: true,
        columns: [
          ...['machine_id', 'member_id'].map((name) => ({
            ...integerColumn(name),
            isPrimary: true,
            primaryKeyConstraintName: 'pk_use_counts',
          })),
          integerColumn('uses', { default: '0' }),
        ],
      }),
    );
    await runner.query(
      `INSERT INTO use_counts (machine_id, member_id, uses)
       SELECT machine_id, COALESCE(member_id, 0), COUNT(*) FROM uses
       GROUP BY machine_id, COALESCE(member_id, 0)`,
    );
    for (const statement of triggersOf(runner).up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of triggersOf(runner).down) await runner.query(statement);
    await runner.dropTable('use_counts');
    await replaceIndexes(runner, NARROW);
  }
}

async function replaceIndexes(
  runner: QueryRunner,
  indexes: Readonly<Record<string, string[]>>,
): Promise<void> {
  for (const [name, columnNames] of Object.entries(indexes)) {
    await runner.dropIndex('uses', name);
    await runner.createIndex('uses', new TableIndex({ name, columnNames }));
  }
}

function triggersOf(runner: QueryRunner): { up: string[]; down: string[] } {
  return runner.dataSource.options.type === 'postgres' ? postgresTriggers : sqliteTriggers;
}

const ADD_NEW = `INSERT INTO use_counts (machine_id, member_id, uses)
  VALUES (NEW.machine_id, COALESCE(NEW.member_id, 0), 1)
  ON CONFLICT (machine_id, member_id) DO UPDATE SET uses = use_counts.uses + 1;`;
const REMOVE_OLD = `UPDATE use_counts SET uses = uses - 1
    WHERE machine_id = OLD.machine_id AND member_id = COALESCE(OLD.member_id, 0);
  DELETE FROM use_counts
    WHERE machine_id = OLD.machine_id AND member_id = COALESCE(OLD.member_id, 0) AND uses = 0;`;

const sqliteTriggers = {
  up: [
    `CREATE TRIGGER tr_uses_counted_insert AFTER INSERT ON uses BEGIN ${ADD_NEW} END`,
    `CREATE TRIGGER tr_uses_counted_delete AFTER DELETE ON uses BEGIN ${REMOVE_OLD} END`,
    `CREATE TRIGGER tr_uses_counted_update AFTER UPDATE OF machine_id, member_id ON uses
     BEGIN ${ADD_NEW} ${REMOVE_OLD} END`,
  ],
  down: ['insert', 'delete', 'update'].map((event) => `DROP TRIGGER tr_uses_counted_${event}`),
};

/** Of rows that were added or deleted in one statement. */
function countsOf(rows: string): string {
  return `SELECT machine_id, COALESCE(member_id, 0) AS member_id, COUNT(*) AS uses FROM ${rows}
    GROUP BY 1, 2`;
}

/**
 * PostgreSQL keeps each version of a row until its transaction has ended, and passes by them at the next
 * change: what brings or removes many uses is therefore counted a statement at a time, or, where
 * `fabomatic.counted_later` is set in the transaction, by whoever set it, once and at the end.
 */
const postgresTriggers = {
  up: [
    functionSql(
      'count_inserted_uses',
      `INSERT INTO use_counts (machine_id, member_id, uses) ${countsOf('inserted')} ORDER BY 1, 2
       ON CONFLICT (machine_id, member_id) DO UPDATE SET uses = use_counts.uses + excluded.uses;`,
    ),
    functionSql(
      'count_deleted_uses',
      `UPDATE use_counts c SET uses = c.uses - d.uses FROM (${countsOf('deleted')}) AS d
       WHERE c.machine_id = d.machine_id AND c.member_id = d.member_id;
       DELETE FROM use_counts WHERE uses = 0;`,
    ),
    functionSql('count_changed_use', `${ADD_NEW} ${REMOVE_OLD}`),
    `CREATE TRIGGER tr_uses_counted_insert AFTER INSERT ON uses REFERENCING NEW TABLE AS inserted
     FOR EACH STATEMENT
     WHEN (COALESCE(current_setting('fabomatic.counted_later', true), '') <> 'on')
     EXECUTE FUNCTION count_inserted_uses()`,
    `CREATE TRIGGER tr_uses_counted_delete AFTER DELETE ON uses REFERENCING OLD TABLE AS deleted
     FOR EACH STATEMENT EXECUTE FUNCTION count_deleted_uses()`,
    `CREATE TRIGGER tr_uses_counted_update AFTER UPDATE OF machine_id, member_id ON uses
     FOR EACH ROW EXECUTE FUNCTION count_changed_use()`,
  ],
  down: [
    ...['insert', 'delete', 'update'].map(
      (event) => `DROP TRIGGER tr_uses_counted_${event} ON uses`,
    ),
    ...['count_inserted_uses', 'count_deleted_uses', 'count_changed_use'].map(
      (name) => `DROP FUNCTION ${name}()`,
    ),
  ],
};

function functionSql(name: string, body: string): string {
  return `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN ${body} RETURN NULL; END $$`;
}
