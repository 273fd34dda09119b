import type { ReadDb } from '../database/db';

/** Whether the database answers at all. Does not settle for as long as the database hangs. */
export async function databaseAnswers(db: ReadDb): Promise<boolean> {
  try {
    await db.query('SELECT COUNT(*) AS n FROM audit_head');
    return true;
  } catch {
    // Whatever it is, the database does not answer.
    return false;
  }
}
