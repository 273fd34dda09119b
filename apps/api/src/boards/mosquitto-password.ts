import { pbkdf2, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);

/**
 * A password of ours is 100 random bits, which nobody guesses however fast they can; more rounds
 * would only hold up boards that all come back at once: 0.8 ms each, on Mosquitto's one thread.
 */
const ROUNDS = 1000;
const SALT_BYTES = 12;
const HASH_BYTES = 64;
const FORMAT = /^\$7\$(\d{1,7})\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$/;

/** Without letters and figures that look alike: a person types it into a board. */
const SIGNS = 'abcdefghijkmnpqrstuvwxyz23456789';
const PASSWORD_LENGTH = 20;

/** A new password of 100 random bits, in plain letters and figures. */
export function newBoardPassword(): string {
  return Array.from({ length: PASSWORD_LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join('');
}

/** As `mosquitto_passwd` writes it: `$7$<rounds>$<salt>$<hash>`, PBKDF2 with SHA-512. */
export async function hashBoardPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, ROUNDS, HASH_BYTES, 'sha512');
  return `$7$${ROUNDS}$${salt.toString('base64')}$${hash.toString('base64')}`;
}

/** The work is done beside the event loop: nobody's card waits for it. */
export async function isBoardPassword(password: string, stored: string): Promise<boolean> {
  const [, rounds, salt, hash] = FORMAT.exec(stored) ?? [];
  if (rounds === undefined || salt === undefined || hash === undefined) return false;
  const expected = Buffer.from(hash, 'base64');
  const given = await derive(
    password,
    Buffer.from(salt, 'base64'),
    Number(rounds),
    expected.length,
    'sha512',
  );
  return timingSafeEqual(given, expected);
}
