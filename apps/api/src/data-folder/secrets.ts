import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { StartError, systemErrorCode } from '../start-error';
import { PRIVATE_FILE_MODE, writePrivateFile } from './private-file';

const SECRET_BYTES = 48;
const MIN_SECRET_LENGTH = 43; // 32 bytes in base64url

const Secrets = z.object({ jwtSecret: z.string().min(MIN_SECRET_LENGTH) });

/** What this installation alone knows. Made at the first start, kept after that. */
export interface Secrets {
  /** Signs the sessions: whoever knows it is everybody. */
  readonly jwtSecret: string;
}

/**
 * Reads `secrets.json`, or makes it. A damaged file is not replaced silently: that would end every
 * session and hide that the disk is failing.
 */
export function loadSecrets(dataFolder: string, secretKey: string | null): Secrets {
  const path = join(dataFolder, 'secrets.json');
  const kept = readSecrets(path);
  const secrets = kept ?? { jwtSecret: randomBytes(SECRET_BYTES).toString('base64url') };
  if (kept === undefined) writePrivateFile(path, `${JSON.stringify(secrets, null, 2)}\n`);
  return secretKey === null ? secrets : { jwtSecret: secretKey };
}

function readSecrets(path: string): Secrets | undefined {
  try {
    const secrets = Secrets.parse(JSON.parse(readFileSync(path, 'utf8')));
    chmodSync(path, PRIVATE_FILE_MODE);
    return secrets;
  } catch (error) {
    // ENOENT is the first start. A SyntaxError or ZodError is a damaged file.
    const code = systemErrorCode(error);
    if (code === 'ENOENT') return undefined;
    if (code === undefined && !(error instanceof SyntaxError || error instanceof z.ZodError)) {
      throw error;
    }
    throw new StartError(
      `The secrets in ${path} cannot be read${code === undefined ? ' (the file is damaged)' : ` (${code})`}: restore it from a backup, or delete it and everybody has to log in again.`,
      { cause: error },
    );
  }
}
