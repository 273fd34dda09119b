import { chmodSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { StartError, systemErrorCode } from '../start-error';
import { PRIVATE_FILE_MODE, PRIVATE_FOLDER_MODE } from './private-file';

/** Where everything lies that must be kept: database, secrets, certificate, logs. */
export interface DataFolder {
  readonly path: string;
  readonly logsPath: string;
}

/**
 * Makes the data folder where it is missing and tries to write into it, so that a wrong owner is
 * found before anything is started. Throws a {@link StartError} in one sentence.
 */
export function prepareDataFolder(path: string): DataFolder {
  const logsPath = join(path, 'logs');
  try {
    makeFolder(path);
    makeFolder(logsPath);
    for (const folder of [path, logsPath]) {
      const probe = join(folder, `.probe-${process.pid}`);
      writeFileSync(probe, '', { mode: PRIVATE_FILE_MODE });
      rmSync(probe);
    }
  } catch (error) {
    // Refusals of the operating system: no permission, full, read-only, or a file in the way.
    throw explained(error, path);
  }
  return { path, logsPath };
}

function makeFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: PRIVATE_FOLDER_MODE });
  const { mode, uid } = statSync(path);
  const isOpenToOthers = (mode & 0o077) !== 0;
  if (isOpenToOthers && uid === process.getuid?.()) chmodSync(path, PRIVATE_FOLDER_MODE);
}

function explained(error: unknown, path: string): unknown {
  const code = systemErrorCode(error);
  const options = { cause: error };
  switch (code) {
    case undefined:
      return error;
    case 'EACCES':
    case 'EPERM':
      return new StartError(
        `The data folder ${path} is not writable for the user "${userInfo().username}": give it to that user (chown), or name another folder with FABOMATIC_DATA_DIR.`,
        options,
      );
    case 'EROFS':
      return new StartError(
        `The data folder ${path} lies on a read-only disk: name another folder with FABOMATIC_DATA_DIR.`,
        options,
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return new StartError(`The disk with the data folder ${path} is full: make room.`, options);
    case 'EEXIST':
    case 'ENOTDIR':
      return new StartError(
        `The data folder ${path} cannot be made since a file is in its way: move the file, or name another folder with FABOMATIC_DATA_DIR.`,
        options,
      );
    default:
      return new StartError(
        `The data folder ${path} cannot be used by the user "${userInfo().username}" (${code}).`,
        options,
      );
  }
}
