import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';

/** Read and write for the owner only: what lies in the data folder is nobody else's business. */
export const PRIVATE_FILE_MODE = 0o600;
export const PRIVATE_FOLDER_MODE = 0o700;

/**
 * Writes a file that is either the old or the new one, whole, whenever the power is cut, and never
 * readable for others in between.
 */
export function writePrivateFile(path: string, content: string): void {
  const unfinished = `${path}.new`;
  const file = openSync(unfinished, 'w', PRIVATE_FILE_MODE);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, path);
}
