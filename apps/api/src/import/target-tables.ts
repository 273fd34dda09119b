import { AppError } from '@fabomatic/kernel';
import type { Db, ReadDb } from '../database/db';
import { StartError } from '../start-error';

/** All tables that an import fills, each before those that it refers to. */
export const TARGET_TABLES = [
  'interventions',
  'maintenance_plans',
  'uses',
  'unrecognised_cards',
  'authorizations',
  'boards',
  'machines',
  'machine_types',
  'cards',
  'members',
  'roles',
] as const;

/** What a new database starts with: table -> number of rows. */
const SEED: Readonly<Record<string, number>> = {
  roles: 4,
  members: 2,
  cards: 1,
  machine_types: 1,
  machines: 1,
};

/** The administrator that a new database starts with. */
export interface FirstAdministrator {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly passwordHash: string;
}

/** Refuses a database in which anybody has done anything: an import never mixes two labs. */
export async function refuseUnlessNew(db: Db): Promise<FirstAdministrator> {
  if (!(await isAsSeeded(db, TARGET_TABLES))) throw notNew();
  const admins = await db.query<{
    first_name: string;
    last_name: string;
    email: string | null;
    password_hash: string;
  }>(
    `SELECT first_name, last_name, email, password_hash FROM members
     WHERE must_change_password = ? AND password_hash IS NOT NULL AND version = 1`,
    [true],
  );
  const [admin] = admins;
  if (admin === undefined) throw notNew();
  return {
    firstName: admin.first_name,
    lastName: admin.last_name,
    email: admin.email,
    passwordHash: admin.password_hash,
  };
}

/**
 * The same for an import in the portal: there the first password has been changed, and boards may
 * have told of themselves and of cards.
 */
export async function refuseUnlessUntouched(db: ReadDb): Promise<void> {
  if (!(await isUntouched(db))) throw new AppError('import.not_new');
}

export function isUntouched(db: ReadDb): Promise<boolean> {
  return isAsSeeded(
    db,
    TARGET_TABLES.filter((table) => table !== 'boards' && table !== 'unrecognised_cards'),
  );
}

async function isAsSeeded(db: ReadDb, tables: readonly string[]): Promise<boolean> {
  for (const table of tables) {
    const [row] = await db.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`);
    if (Number(row?.n) !== (SEED[table] ?? 0)) return false;
  }
  const changed = await db.query(
    `SELECT name FROM machines WHERE version > 1 UNION ALL
     SELECT name FROM machine_types WHERE version > 1 UNION ALL
     SELECT name FROM roles WHERE version > 1`,
  );
  return changed.length === 0;
}

function notNew(): StartError {
  return new StartError(
    'The database holds a lab already, and an import goes into a new one only. Nothing was changed. Name another data folder with FABOMATIC_DATA_DIR.',
  );
}

/** `aside`: what an account needs that stays, by table. */
export async function emptyTables(
  db: Db,
  aside: Readonly<Record<string, number>> = {},
): Promise<void> {
  for (const table of TARGET_TABLES) {
    await db.execute(`DELETE FROM ${table} WHERE id <> ?`, [aside[table] ?? 0]);
  }
}

/** Rows with ids of their own leave PostgreSQL's sequences behind; SQLite's follow by themselves. */
export async function advanceSequences(db: Db): Promise<void> {
  if (db.em.connection.options.type !== 'postgres') return;
  for (const table of TARGET_TABLES) {
    await db.query(
      `SELECT setval(pg_get_serial_sequence('${table}', 'id'), GREATEST(MAX(id), 1), MAX(id) IS NOT NULL)
       FROM ${table}`,
    );
  }
}
