/**
 * What makes two addresses the same member's: ' Ada@Example.org' -> 'ada@example.org'.
 * Stored beside the address, so that the database refuses a second member with it.
 */
export function emailKey(email: string): string {
  return email.trim().toLowerCase();
}
