/** Where the data is kept. */
export type DatabaseTarget =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly ssl?: boolean };

/** What the database module has to know; provided by the settings under {@link DATABASE_CONFIG}. */
export interface DatabaseConfig {
  readonly target: DatabaseTarget;
  /** Where a copy of the SQLite file goes before it is migrated; default: `backups` beside it. */
  readonly backupFolder?: string;
  /** E-mail of the first administrator, when an empty database is filled. */
  readonly adminEmail: string | null;
}

export const DATABASE_CONFIG = Symbol('DATABASE_CONFIG');
