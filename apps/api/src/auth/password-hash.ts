import { pbkdf2, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { hash as argon2Hash, verify as argon2Verify } from '@node-rs/argon2';

/** OWASP's recommendation for argon2id (the library's default algorithm): 19 MiB, two passes. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const ARGON2_PREFIX = '$argon2id$v=19$m=19456,t=2,p=1$';

/** Werkzeug's settings need 34 MB; more than this an imported file may not ask for. */
const MAX_SCRYPT_BYTES = 256 * 1024 * 1024;

const pbkdf2Async = promisify(pbkdf2);

export interface PasswordCheck {
  readonly ok: boolean;
  /** The password was right and its hash is of an older kind: store a new one. */
  readonly needsRehash: boolean;
}

const WRONG: PasswordCheck = { ok: false, needsRehash: false };

/** A hash with its own salt and parameters: `$argon2id$v=19$m=...`. */
export function hashPassword(password: string): Promise<string> {
  return argon2Hash(password, ARGON2);
}

/**
 * Checks a password against a hash of ours or against one that FabOMatic stored (Werkzeug's
 * `method$salt$hex`). A hash that cannot be read is answered like a wrong password.
 */
export async function verifyPassword(hash: string, password: string): Promise<PasswordCheck> {
  if (hash.startsWith('$argon2')) return verifyArgon2(hash, password);
  const [method = '', salt = '', hex = ''] = hash.split('$');
  const expected = Buffer.from(hex, 'hex');
  if (expected.length === 0 || expected.length * 2 !== hex.length) return WRONG;
  const actual = await deriveWerkzeug(method.split(':'), salt, password, expected.length);
  if (actual === null || !timingSafeEqual(actual, expected)) return WRONG;
  return { ok: true, needsRehash: true };
}

async function verifyArgon2(hash: string, password: string): Promise<PasswordCheck> {
  try {
    const ok = await argon2Verify(hash, password);
    return { ok, needsRehash: ok && !hash.startsWith(ARGON2_PREFIX) };
  } catch {
    // The text is no argon2 hash (cut off, say): nobody can log in with it.
    return WRONG;
  }
}

/** ['scrypt', '32768', '8', '1'] or ['pbkdf2', 'sha256', '600000']; null: another method. */
async function deriveWerkzeug(
  [name, ...settings]: readonly string[],
  salt: string,
  password: string,
  length: number,
): Promise<Buffer | null> {
  if (name === 'scrypt') {
    const [cost, blockSize, parallelization] = settings.map(Number);
    if (!isCount(cost) || !isCount(blockSize) || !isCount(parallelization)) return null;
    // The memory that these settings need, with room to spare; Node's default is just too small.
    const maxmem = 132 * cost * blockSize * parallelization;
    if (maxmem > MAX_SCRYPT_BYTES) return null;
    return deriveScrypt(password, salt, length, { cost, blockSize, parallelization, maxmem });
  }
  const [digest, iterations] = [settings[0], Number(settings[1])];
  if (name !== 'pbkdf2' || digest !== 'sha256' || !isCount(iterations)) return null;
  return pbkdf2Async(password, salt, iterations, length, digest);
}

/** Bounded, so that a hash in an imported file cannot keep the server busy for ever. */
function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 1 && value <= 10_000_000;
}

function deriveScrypt(
  password: string,
  salt: string,
  length: number,
  options: { cost: number; blockSize: number; parallelization: number; maxmem: number },
): Promise<Buffer | null> {
  return new Promise((resolve) => {
    try {
      scrypt(password, salt, length, options, (error, key) => resolve(error ? null : key));
    } catch {
      // Settings that scrypt refuses (a cost that is no power of two): the hash cannot be read.
      resolve(null);
    }
  });
}
