import type { MigrationInterface, QueryRunner } from 'typeorm';

const DAYS = ['consent_at', 'membership_ends_on'];

/** When a member agreed to the privacy notice, and until when they are one. */
export class Memberships1764001110000 implements MigrationInterface {
  name = 'Memberships1764001110000';

  async up(runner: QueryRunner): Promise<void> {
    // Plain SQL: TypeORM would build SQLite's table anew, which other tables refer to.
    for (const day of DAYS) await runner.query(`ALTER TABLE members ADD COLUMN ${day} varchar`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const day of DAYS) await runner.query(`ALTER TABLE members DROP COLUMN ${day}`);
  }
}
