import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One member for each e-mail address, whatever the letter case. Databases may hold an address
 * several times (the original allowed it), so the rule stands on a column of its own: the first of
 * them, or the one with a password, has the address; the others keep it as a text and cannot be
 * saved with it again once they changed it. Deleted members have none.
 * `removed_authorizations_json`: what a deleted member gets back when they are restored.
 */
export class MemberEmails1764000200000 implements MigrationInterface {
  name = 'MemberEmails1764000200000';

  async up(runner: QueryRunner): Promise<void> {
    // Plain SQL: TypeORM would build SQLite's table anew, which other tables refer to.
    await runner.query('ALTER TABLE members ADD COLUMN email_key varchar');
    await runner.query('ALTER TABLE members ADD COLUMN removed_authorizations_json varchar');
    for (const [key, id] of await firstOfEachAddress(runner)) {
      await runner.query(updateSql(runner), [key, id]);
    }
    await runner.query('CREATE UNIQUE INDEX uq_members_email_key ON members (email_key)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX uq_members_email_key');
    await runner.query('ALTER TABLE members DROP COLUMN removed_authorizations_json');
    await runner.query('ALTER TABLE members DROP COLUMN email_key');
  }
}

/** Address in small letters -> id of the member who has it. */
async function firstOfEachAddress(runner: QueryRunner): Promise<Map<string, number>> {
  const members: { id: number; email: string }[] = await runner.query(
    `SELECT id, email FROM members WHERE deleted_at IS NULL AND email IS NOT NULL
     ORDER BY (password_hash IS NULL), id`,
  );
  const first = new Map<string, number>();
  for (const { id, email } of members) {
    const key = email.trim().toLowerCase();
    if (key !== '' && !first.has(key)) first.set(key, id);
  }
  return first;
}

function updateSql(runner: QueryRunner): string {
  return runner.dataSource.options.type === 'postgres'
    ? 'UPDATE members SET email_key = $1 WHERE id = $2'
    : 'UPDATE members SET email_key = ? WHERE id = ?';
}
