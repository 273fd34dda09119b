import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Secrets } from './secrets';
import { SECRETS } from './tokens';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts what has to stand in the database and be read again, with a key that does not stand
 * there: whoever gets hold of a backup of the database alone cannot read it.
 */
@Injectable()
export class SealService {
  private readonly key: Buffer;

  constructor(@Inject(SECRETS) { jwtSecret }: Secrets) {
    this.key = Buffer.from(hkdfSync('sha256', jwtSecret, '', 'fabomatic sealed texts', 32));
  }

  seal(text: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.key, nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** null: sealed with another key (secrets.json was replaced), or damaged. */
  open(sealed: string): string | null {
    const bytes = Buffer.from(sealed, 'base64url');
    try {
      const decipher = createDecipheriv(CIPHER, this.key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    } catch {
      // "unable to authenticate data", or too short to be one of ours
      return null;
    }
  }
}
