import type { FirstRunView } from '@fabomatic/machines';
import type { ReadDb } from '../database/db';

/** The card that a new database begins with; nobody holds it. */
const SEEDED_CARD = '12345678';

/** The latest card that boards did not know; null when there is none. One query. */
export async function latestUnknownCard(
  db: ReadDb,
): Promise<{ uid: string; machineId: number | null } | null> {
  const [row] = await db.query<{ uid: string; machine_id: number | null }>(
    'SELECT uid, machine_id FROM unrecognised_cards ORDER BY last_seen_at DESC LIMIT 1',
  );
  return row === undefined ? null : { uid: row.uid, machineId: row.machine_id };
}

/** The member who got a card last, other than the one that came with the database. One query. */
export async function latestCardHolder(db: ReadDb): Promise<FirstRunView['member']> {
  const [row] = await db.query<{ id: number; first_name: string; last_name: string }>(
    `SELECT m.id, m.first_name, m.last_name FROM cards c JOIN members m ON m.id = c.member_id
     WHERE c.revoked_at IS NULL AND c.uid <> ? AND m.deleted_at IS NULL
     ORDER BY c.id DESC LIMIT 1`,
    [SEEDED_CARD],
  );
  return row === undefined
    ? null
    : { id: row.id, name: `${row.first_name} ${row.last_name}`.trim() };
}
