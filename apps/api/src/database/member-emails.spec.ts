import { eachDatabase, freshTarget } from '../testing/databases';
import { createDataSource } from './data-source';

const MIGRATION = 'MemberEmails1764000200000';

describe('a database that has one e-mail address several times', () => {
  eachDatabase((kind) => {
    it('[C19] is migrated: whoever has a password, or came first, has the address', async () => {
      const dataSource = createDataSource(await freshTarget(kind), 'write');
      await dataSource.initialize();
      try {
        const { migrations } = dataSource;
        await dataSource.runMigrations({ transaction: 'all' });
        const later = migrations.length - migrations.findIndex(({ name }) => name === MIGRATION);
        for (let undone = 0; undone < later; undone++) await dataSource.undoLastMigration();

        await dataSource.query("INSERT INTO roles (name) VALUES ('Users')");
        for (const [name, email, password, deletedAt] of [
          ['first', "'Ada@example.org'", 'NULL', 'NULL'],
          ['with password', "' ada@EXAMPLE.org'", "'hash'", 'NULL'],
          ['deleted', "'ada@example.org'", "'hash'", '1'],
          ['other', "'bob@example.org'", 'NULL', 'NULL'],
          ['empty', "''", 'NULL', 'NULL'],
          ['none', 'NULL', 'NULL', 'NULL'],
        ]) {
          await dataSource.query(
            `INSERT INTO members (first_name, last_name, email, role_id, password_hash, deleted_at,
               created_at) VALUES ('${name}', '', ${email}, 1, ${password}, ${deletedAt}, 1)`,
          );
        }
        await dataSource.runMigrations({ transaction: 'all' });

        const rows: { first_name: string; email_key: string | null }[] = await dataSource.query(
          'SELECT first_name, email_key FROM members WHERE email_key IS NOT NULL ORDER BY id',
        );
        expect(rows).toEqual([
          { first_name: 'with password', email_key: 'ada@example.org' },
          { first_name: 'other', email_key: 'bob@example.org' },
        ]);
        await expect(
          dataSource.query("UPDATE members SET email_key = 'bob@example.org' WHERE id = 1"),
        ).rejects.toThrow(/unique/i);
      } finally {
        await dataSource.destroy();
      }
    });
  });
});
