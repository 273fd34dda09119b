/** Why a database cannot be opened. Each code has its sentence in `libs/i18n`. */
export const databaseErrors = {
  /** Another API process works on this PostgreSQL database. */
  inUse: 'database.in_use',
  /** A newer release has migrated it: this one would not know what it reads. Param `migration`. */
  tooNew: 'database.too_new',
  /** The tables are those of another program (FabOMatic's own file, say): import it instead. */
  notOurs: 'database.not_ours',
  /** The process is shutting down and takes no more writes. */
  closing: 'database.closing',
} as const;
