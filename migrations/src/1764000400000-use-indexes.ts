import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

/**
 * Lists and statistics over a million uses (docs/decisions/0012-statistics-from-one-index.md). The
 * index by start is in the order of the list (start, id) and carries what statistics add up, so that
 * they never touch the rows themselves; the rare marks have indexes of their own, which stay small.
 */
export class UseIndexes1764000400000 implements MigrationInterface {
  name = 'UseIndexes1764000400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('uses', 'ix_uses_started');
    await runner.createIndices('uses', [
      new TableIndex({
        name: 'ix_uses_started',
        columnNames: ['started_at', 'id', 'machine_id', 'member_id', 'duration_s'],
      }),
      marked('ix_uses_replayed', 'replayed'),
      marked('ix_uses_estimated', 'estimated'),
      marked('ix_uses_unauthorised', 'NOT authorized'),
      marked('ix_uses_manual', "source = 'manual'"),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['replayed', 'estimated', 'unauthorised', 'manual', 'started']) {
      await runner.dropIndex('uses', `ix_uses_${name}`);
    }
    await runner.createIndex(
      'uses',
      new TableIndex({ name: 'ix_uses_started', columnNames: ['started_at'] }),
    );
  }
}

function marked(name: string, where: string): TableIndex {
  return new TableIndex({ name, columnNames: ['started_at'], where });
}
