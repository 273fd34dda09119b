import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

/**
 * The list of uses by length is read in the order of an index, which also bears what the list is
 * filtered by. Open uses have no length yet, and are not in it: a board pays for it once, at the stop.
 * What did not come from boards is counted and found through a small index, whatever its source.
 */
export class UseListIndexes1764001200000 implements MigrationInterface {
  name = 'UseListIndexes1764001200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('uses', 'ix_uses_manual');
    await runner.createIndices('uses', [
      new TableIndex({
        name: 'ix_uses_length',
        columnNames: ['duration_s', 'id', 'started_at', 'machine_id', 'member_id'],
        where: 'duration_s IS NOT NULL',
      }),
      new TableIndex({
        name: 'ix_uses_elsewhere',
        columnNames: ['source', 'started_at'],
        where: "source <> 'board'",
      }),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['ix_uses_length', 'ix_uses_elsewhere']) {
      await runner.dropIndex('uses', name);
    }
    await runner.createIndex(
      'uses',
      new TableIndex({
        name: 'ix_uses_manual',
        columnNames: ['started_at'],
        where: "source = 'manual'",
      }),
    );
  }
}
