/** Error codes of running the product; each has a sentence in libs/i18n and a status in the API's table. */
export const SYSTEM_ERRORS = [
  'job.not_found',
  /** It runs already. */
  'job.running',
  /** This job cannot tell what it would do. */
  'job.no_dry_run',
  'audit.not_found',
  'backup.not_found',
  /** Another one is being made. */
  'backup.running',
  /** The disk, the folder or pg_dump stood in the way: `reason`. */
  'backup.failed',
  /** `neededMb` are missing on the disk. */
  'backup.no_space',
  /** The file is not what the database is: no file of SQLite, or no archive of pg_dump. */
  'backup.wrong_kind',
  /** The check found it damaged: `reason`. */
  'backup.damaged',
  /** Sound, and of another program. */
  'backup.not_ours',
  /** The database of the original: it is imported, not restored. */
  'backup.is_original',
  /** Made by a newer version than this. */
  'backup.too_new',
  'backup.too_large',
  'backup.nothing_pending',
  /** Nothing was uploaded, or it is gone. */
  'import.no_file',
  /** Another file was uploaded since. */
  'import.other_file',
  /** The lab holds something already. */
  'import.not_new',
  'import.running',
  'import.too_large',
  /** This very file was imported already: `at`. */
  'import.done_before',
  /** The file is not the original's, or damaged: `reason`, in English. */
  'import.refused',
  /** The settings file cannot be read: `reason`, in English. */
  'import.settings_refused',
  'import.not_written',
  /** Nothing would start the program again. */
  'system.no_restart',
  /** One key's value does not pass. */
  'settings.value_invalid',
  /** Right by itself, and wrong together with another key: the certificate or its key is not named. */
  'settings.files_needed',
  'settings.ports_reversed',
  /** A name that the account of a board has. */
  'settings.user_of_board',
  /** A name that no account can have. */
  'settings.user_unusable',
  'settings.broker_login_needed',
  'settings.users_alike',
  /** An environment variable sets this key and wins over the file. */
  'settings.set_by_environment',
  /** The file is written in a way that is not changed by a program; a person can. */
  'settings.file_unusual',
  /** This program may not write the file: `file`. */
  'settings.not_writable',
] as const;
export type SystemErrorCode = (typeof SYSTEM_ERRORS)[number];
