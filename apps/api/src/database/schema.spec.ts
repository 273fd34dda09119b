import type { DataSource } from 'typeorm';
import { eachDatabase, freshTarget } from '../testing/databases';
import { createDataSource } from './data-source';

/** What of ours is left in the database: tables, indexes, functions. */
async function leftovers(dataSource: DataSource): Promise<string[]> {
  const sql =
    dataSource.options.type === 'postgres'
      ? `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
         UNION SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace`
      : 'SELECT name FROM sqlite_master';
  const rows: { name: string }[] = await dataSource.query(sql);
  return rows.map((row) => row.name).filter((name) => !/migrations|^sqlite_|^PK_/.test(name));
}

describe('schema', () => {
  eachDatabase((kind) => {
    it('goes from nothing to the newest without a difference to the entities, and back', async () => {
      const dataSource = createDataSource(await freshTarget(kind), 'write');
      await dataSource.initialize();
      try {
        await dataSource.runMigrations({ transaction: 'all' });
        const drift = await dataSource.driver.createSchemaBuilder().log();
        expect(drift.upQueries.map((query) => query.query)).toEqual([]);

        for (const _ of dataSource.migrations) await dataSource.undoLastMigration();
        expect(await leftovers(dataSource)).toEqual([]);
      } finally {
        await dataSource.destroy();
      }
    });
  });
});
