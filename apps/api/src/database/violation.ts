/** A rule of the schema that a statement broke. */
export type Violation = 'unique' | 'foreign-key';

/** Codes of SQLite and PostgreSQL -> rule */
const VIOLATIONS: Readonly<Record<string, Violation>> = {
  SQLITE_CONSTRAINT_UNIQUE: 'unique',
  SQLITE_CONSTRAINT_PRIMARYKEY: 'unique',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'foreign-key',
  // With ON DELETE RESTRICT SQLite reports the trigger that stands behind it.
  SQLITE_CONSTRAINT_TRIGGER: 'foreign-key',
  '23505': 'unique',
  '23503': 'foreign-key',
  '23001': 'foreign-key',
};

/**
 * Why the database refused, from an error of a unit of work (raw or TypeORM's); null: not a rule of
 * the schema. Lets a service answer `name_taken` without asking first, which two could do at once.
 */
export function violation(error: unknown): Violation | null {
  if (typeof error !== 'object' || error === null) return null;
  if ('driverError' in error) return violation(error.driverError);
  if (!('code' in error) || typeof error.code !== 'string') return null;
  return VIOLATIONS[error.code] ?? null;
}
