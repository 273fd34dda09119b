/**
 * Values of the original's columns. SQLite and an admin with a database browser can put anything
 * anywhere: what is no value of the expected kind is null.
 */

/** A finite number, also one that is written as text. */
export function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

const MAX_INTEGER = 2 ** 31 - 1;

/** A whole number that PostgreSQL's `integer` holds. */
export function integerOf(value: unknown): number | null {
  const number = numberOf(value);
  return number !== null && Number.isInteger(number) && Math.abs(number) <= MAX_INTEGER
    ? number
    : null;
}

/** Text as it stands; null for NULL and for bytes. PostgreSQL refuses the character 0 in a text. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.replaceAll('\0', '') : null;
}

/** Text without blanks around it; null when nothing is left. */
export function filledTextOf(value: unknown): string | null {
  return textOf(value)?.trim() || null;
}

/** The original keeps flags as 0 and 1; NULL is no. */
export function flagOf(value: unknown): boolean {
  return numberOf(value) === 1;
}
