import type { MigrationInterface, QueryRunner } from 'typeorm';
import { initialTables } from './initial-tables';

/** What the API keeps in memory to answer a card at once; a change by others must be noticed. */
const WATCHED_TABLES = [
  'roles',
  'members',
  'cards',
  'authorizations',
  'machine_types',
  'machines',
  'maintenance_plans',
  'uses',
];

/**
 * The tables of the first release. On PostgreSQL also a trigger that tells the API when somebody
 * else changed what it keeps in memory. The API's own connections carry `fabomatic.api=on` and are
 * left out: it knows what it wrote, and a NOTIFY makes transactions commit one after the other.
 */
export class InitialSchema1764000000000 implements MigrationInterface {
  name = 'InitialSchema1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    const database = runner.dataSource.options.type;
    for (const table of initialTables(database)) await runner.createTable(table);
    if (database === 'postgres') await createNotifications(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    const database = runner.dataSource.options.type;
    for (const table of initialTables(database).reverse()) await runner.dropTable(table.name);
    if (database === 'postgres') await runner.query('DROP FUNCTION fabomatic_lab_changed()');
  }
}

async function createNotifications(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE FUNCTION fabomatic_lab_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF current_setting('fabomatic.api', true) IS DISTINCT FROM 'on' THEN
        PERFORM pg_notify('fabomatic_lab_changed', '');
      END IF;
      RETURN NULL;
    END $$`);
  for (const table of WATCHED_TABLES) {
    await runner.query(`
      CREATE TRIGGER tg_${table}_changed
      AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION fabomatic_lab_changed()`);
  }
}
