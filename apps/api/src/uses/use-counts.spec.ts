import type { UseView } from '@fabomatic/uses';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../database/data-source';
import { CARDS, furnish, MACHINES } from '../testing/cast';
import { eachDatabase, freshTarget } from '../testing/databases';
import { eachLab } from '../testing/each-lab';

/** What the table should hold: counted anew. */
const COUNTED = `SELECT machine_id, COALESCE(member_id, 0) AS member_id, COUNT(*) AS uses FROM uses
  GROUP BY machine_id, COALESCE(member_id, 0) ORDER BY 1, 2`;
const KEPT = 'SELECT machine_id, member_id, uses FROM use_counts ORDER BY 1, 2';
const HOUR_S = 3600;

eachLab(furnish, (scene) => {
  const counts = async () => {
    const kept = await scene.lab.rows<{ uses: number }>(KEPT);
    expect(kept).toEqual(await scene.lab.rows(COUNTED));
    return kept.map(({ uses }) => uses);
  };
  const memberId = async (name: string) => {
    const [row] = await scene.lab.rows<{ id: number }>(
      'SELECT id FROM members WHERE first_name = ?',
      [name],
    );
    return row?.id;
  };
  const add = async (machineId: number, name: string, daysAgo: number) => {
    const startedAtMs = Date.now() - daysAgo * 24 * HOUR_S * 1000;
    const body = {
      machineId,
      memberId: await memberId(name),
      startedAt: new Date(startedAtMs).toISOString(),
      endedAt: new Date(startedAtMs + HOUR_S * 1000).toISOString(),
    };
    return (await scene.api.post('uses', body).expect(201)).body as UseView;
  };

  it('every way of writing uses keeps the counts true', async () => {
    expect(await counts()).toEqual([]);
    const boards = await scene.lab.boards();
    await boards.ask(MACHINES.lathe, { action: 'startuse', uid: CARDS.ada });
    expect(await counts()).toEqual([1]);
    await boards.ask(MACHINES.lathe, { action: 'stopuse', uid: CARDS.ada, duration: 5 });
    expect(await counts()).toEqual([1]);
    const first = await add(MACHINES.laser, 'Ada', 1);
    await add(MACHINES.laser, 'Ada', 2);
    await add(MACHINES.laser, 'Eve', 3);
    expect(await counts()).toEqual([2, 1, 1]);

    const correction = {
      memberId: await memberId('Eve'),
      version: first.version,
      reason: 'was Eve',
    };
    await scene.api.patch(`uses/${first.id}`, correction).expect(200);
    expect(await counts()).toEqual([1, 2, 1]);
    await scene.api.delete(`uses/${first.id}`).expect(204);
    expect(await counts()).toEqual([1, 1, 1]);

    // Her two uses are nobody's then.
    await scene.api.post(`members/${await memberId('Ada')}/erase`).expect(204);
    const nobodys = 'SELECT SUM(uses) AS uses FROM use_counts WHERE member_id = 0';
    expect(await counts()).toEqual([1, 1, 1]);
    expect(await scene.lab.rows(nobodys)).toEqual([{ uses: 2 }]);

    await scene.api.delete(`machines/${MACHINES.laser}?force=true`).expect(204);
    expect(await counts()).toEqual([1]);
  });

  it('a unit of work that fails leaves them as they were', async () => {
    const before = await counts();
    const failing = scene.lab.lab.changeUses(async (db) => {
      await db.execute('DELETE FROM uses');
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect(await counts()).toEqual(before);
  });
});

describe('a database that is brought up to date', () => {
  eachDatabase((kind) => {
    it('starts with the counts of the uses that are there', async () => {
      const dataSource = createDataSource(await freshTarget(kind), 'write');
      await dataSource.initialize();
      try {
        await dataSource.runMigrations({ transaction: 'all' });
        await undoTo(dataSource, 'UseCounts1764001300000');
        await dataSource.query(
          `INSERT INTO machine_types (id, name, timeout_min, grace_min) VALUES (70, 'Mills', 0, 0)`,
        );
        await dataSource.query(
          `INSERT INTO machines (id, name, type_id, created_at) VALUES (71, 'Mill', 70, 0)`,
        );
        for (const hour of [1, 2, 3]) {
          await dataSource.query(
            `INSERT INTO uses (machine_id, started_at, last_seen_at, ended_at, duration_s, authorized)
             VALUES (71, ${hour * HOUR_S}, ${hour * HOUR_S}, ${hour * HOUR_S}, 0, true)`,
          );
        }
        await dataSource.runMigrations({ transaction: 'all' });
        expect(await dataSource.query(KEPT)).toEqual([{ machine_id: 71, member_id: 0, uses: 3 }]);
      } finally {
        await dataSource.destroy();
      }
    });
  });
});

/** Takes back the migration of this name and those after it. */
async function undoTo(dataSource: DataSource, name: string): Promise<void> {
  const after = dataSource.migrations.findIndex((migration) => migration.name === name);
  for (const _ of dataSource.migrations.slice(after)) await dataSource.undoLastMigration();
}
