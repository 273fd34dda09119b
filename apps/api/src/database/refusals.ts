import { AppError } from '@fabomatic/kernel';
import type { Db, SqlValue } from './db';
import { violation, type Violation } from './violation';

/**
 * What a client is told when the schema refuses a change, instead of asking first, which two could do
 * at once: `refusing(this.lab.change(...), { unique: taken })`.
 */
export async function refusing<T>(
  change: Promise<T>,
  answers: Partial<Record<Violation, AppError>>,
): Promise<T> {
  try {
    return await change;
  } catch (error) {
    // A rule of the schema that was broken; everything else is passed on as it is.
    const broken = violation(error);
    throw (broken === null ? undefined : answers[broken]) ?? error;
  }
}

/** An error at one field: 409 `<code>` with the field that stands behind it. */
export function fieldError(code: string, field: string, params: AppError['params'] = {}): AppError {
  return new AppError(code, params, { [field]: code });
}

/** 422 with one field that cannot be what it says: only the database knows that it cannot. */
export function invalidField(field: string, code: string): AppError {
  return new AppError('request.invalid', {}, { [field]: code });
}

/**
 * Changes one record that the caller saw at `version`. `columns`: column -> value; undefined: left as
 * it is. Somebody else was quicker: `request.outdated`. Names are ours, never user input.
 */
export async function updateVersioned(
  db: Db,
  table: string,
  { id, version }: { id: number; version: number },
  columns: Readonly<Record<string, SqlValue | undefined>>,
): Promise<void> {
  const set = Object.entries(columns).filter((entry): entry is [string, SqlValue] => {
    return entry[1] !== undefined;
  });
  const assignments = [...set.map(([name]) => `${name} = ?`), 'version = version + 1'];
  const changed = await db.execute(
    `UPDATE ${table} SET ${assignments.join(', ')} WHERE id = ? AND version = ?`,
    [...set.map(([, value]) => value), id, version],
  );
  if (changed === 1) return;
  const [row] = await db.query<{ version: number }>(`SELECT version FROM ${table} WHERE id = ?`, [
    id,
  ]);
  throw new AppError('request.outdated', { version: row?.version ?? 0 });
}
