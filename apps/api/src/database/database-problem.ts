import { AppError } from '@fabomatic/kernel';
import { callOf } from '../root-folder';
import { StartError, systemErrorCode } from '../start-error';
import type { DatabaseTarget } from './database-config';
import { databaseErrors } from './database-errors';

/** PostgreSQL's code for a table that is not there: the database is new. */
export const UNDEFINED_TABLE = '42P01';

/** Code of SQLite, PostgreSQL, the operating system or ours -> what a person can do about it. */
const SENTENCES: Readonly<Record<string, (where: string, detail: string) => string>> = {
  [databaseErrors.inUse]: (where) =>
    `Another FabOMatic works on ${where}. Stop it, or give this one a database of its own (database.url).`,
  [databaseErrors.tooNew]: (where) =>
    `${where} was made by a newer version of FabOMatic: update this one, or restore the copy from before.`,
  [databaseErrors.notOurs]: (where) =>
    `${where} belongs to another program. A database of FabOMatic 1.x is read with: ${callOf('import <file>')}.`,
  SQLITE_NOTADB: (where) => `${where} is no SQLite database. Move it away, or restore a backup.`,
  SQLITE_CORRUPT: (where) => `${where} is damaged. Restore a backup.`,
  SQLITE_CANTOPEN: (where) =>
    `${where} cannot be opened: does the folder exist, and may this user write there?`,
  SQLITE_READONLY: (where) => `${where} cannot be written by this user.`,
  SQLITE_BUSY: (where) => `${where} is locked by another program.`,
  SQLITE_FULL: (where) => `The disk on which ${where} lies is full.`,
  ECONNREFUSED: (where) => `${where} does not answer: does PostgreSQL run there?`,
  ENOTFOUND: (where) => `${where}: there is no such computer.`,
  '28P01': (where) => `${where} refuses the password (database.url).`,
  '28000': (where) => `${where} refuses the user (database.url).`,
  '3D000': (where, detail) => `${where}: ${detail}. Create it with: createdb.`,
};

/** An error at opening a database -> one sentence for whoever starts the program; others as they are. */
export function databaseProblem(error: unknown, target: DatabaseTarget): unknown {
  const code = error instanceof AppError ? error.code : systemErrorCode(error);
  const sentence = code === undefined ? undefined : SENTENCES[code];
  if (!sentence) return error;
  const detail = error instanceof Error ? error.message : '';
  return new StartError(`${sentence(nameOf(target), detail)}`, { cause: error });
}

/** Without the password that a URL may bear. */
function nameOf(target: DatabaseTarget): string {
  if (target.kind === 'sqlite') return `The database ${target.file}`;
  const { host, pathname } = new URL(target.url);
  return `The database ${pathname.slice(1)} at ${host}`;
}
